from django.urls import path

from okienko.foundation.web import views

app_name = "web"
urlpatterns = [
    path("", views.start, name="start"),
    path("zdrowie", views.health, name="health"),
    path("jezyk/", views.set_language, name="set_language"),
    path("u/<slug:office>/", views.office_home, name="office_home"),
    path("siec/<slug:network>/", views.network_home, name="network_home"),
]
