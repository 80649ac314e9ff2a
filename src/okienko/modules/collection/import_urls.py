from django.urls import path

from okienko.modules.collection.views import imports

_IMPORT = "u/<slug:office>/import"
_RUN = f"{_IMPORT}/<int:pk>"
urlpatterns = [
    path(f"{_IMPORT}/fala/<int:pk>/", imports.imports, name="imports"),
    path(f"{_RUN}/", imports.run, name="import"),
    path(f"{_RUN}/postep/", imports.progress, name="import_progress"),
    path(f"{_RUN}/kolumny/", imports.columns, name="import_columns"),
    path(f"{_RUN}/sprawdz/", imports.check, name="check_import"),
    path(f"{_RUN}/wczytaj/", imports.carry_out, name="carry_out_import"),
    path(f"{_RUN}/cofnij/", imports.undo, name="undo_import"),
    path(f"{_RUN}/problemy.csv", imports.problems, name="import_problems"),
]
