from django.urls import path

from okienko.modules.collection.views import entry, entry_forms

_PAPER = "u/<slug:office>/papier"
_BATCH = f"{_PAPER}/<int:pk>"
_FORM = f"{_BATCH}/karta/<int:number>"
urlpatterns = [
    path(f"{_PAPER}/", entry.batches, name="batches"),
    path(f"{_PAPER}/fala/<int:pk>/", entry.wave_batches, name="wave_batches"),
    path(f"{_PAPER}/fala/<int:pk>/nowa-partia/", entry.create_batch, name="create_batch"),
    path(f"{_BATCH}/", entry.batch, name="batch"),
    path(f"{_BATCH}/zmien/", entry.change_batch, name="change_batch"),
    path(f"{_BATCH}/usun/", entry.delete_batch, name="delete_batch"),
    path(f"{_BATCH}/zamknij/", entry.close_batch, name="close_batch"),
    path(f"{_BATCH}/wpisz/", entry_forms.type_form, name="type_form"),
    path(f"{_FORM}/", entry_forms.correct_form, name="correct_form"),
    path(f"{_FORM}/drugi-raz/", entry_forms.retype_form, name="retype_form"),
    path(f"{_FORM}/porownaj/", entry_forms.settle_form, name="settle_form"),
    path(f"{_FORM}/usun/", entry_forms.delete_form, name="delete_form"),
]
