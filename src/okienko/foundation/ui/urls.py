from django.urls import path

from okienko.foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("styl/", views.style_for_developers, name="style_for_developers"),
    path("siec/<slug:network>/styl/", views.style, name="style"),
]
