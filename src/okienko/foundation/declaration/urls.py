from django.urls import path

from okienko.foundation.declaration import views

app_name = "declaration"
urlpatterns = [
    path("deklaracja-dostepnosci/", views.show, name="show"),
    path("deklaracja-dostepnosci/<slug:office>/", views.show, name="show_office"),
    path("accessibility-statement/", views.show_en, name="show_en"),
    path("accessibility-statement/<slug:office>/", views.show_en, name="show_office_en"),
    path("u/<slug:office>/deklaracja/", views.edit, name="edit"),
    path("siec/<slug:network>/deklaracja/", views.network_edit, name="network_edit"),
]
