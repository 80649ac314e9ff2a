from django.urls import path

from okienko.foundation.retention import views

app_name = "retention"
urlpatterns = [
    path("dane-osobowe/", views.register, name="register"),
    path("u/<slug:office>/dane-osobowe/", views.office_register, name="office_register"),
    path("siec/<slug:network>/dane-osobowe/", views.network_register, name="network_register"),
]
