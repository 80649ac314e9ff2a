from django.urls import path

from okienko.modules.surveys.views import links, network, network_wave, plan, survey, wave

app_name = "surveys"
_OFFICE = "u/<slug:office>/badania"
_WAVE = f"{_OFFICE}/fala/<int:pk>"
_LINK = f"{_WAVE}/linki/<int:link>"
_NETWORK = "siec/<slug:network>/badania"
_NETWORK_WAVE = f"{_NETWORK}/fala/<int:pk>"
urlpatterns = [
    path(f"{_OFFICE}/", survey.surveys, name="surveys"),
    path(f"{_OFFICE}/nowe/", survey.create, name="create"),
    path(f"{_OFFICE}/<int:pk>/", survey.survey, name="survey"),
    path(f"{_OFFICE}/<int:pk>/zmien/", survey.change, name="change"),
    path(f"{_OFFICE}/<int:pk>/archiwum/", survey.archive, name="archive"),
    path(f"{_OFFICE}/<int:pk>/nowa-fala/", survey.plan_wave, name="plan_wave"),
    path(f"{_WAVE}/", wave.wave, name="wave"),
    path(f"{_WAVE}/terminy/", wave.dates, name="dates"),
    path(f"{_WAVE}/otworz/", wave.open_wave, name="open"),
    path(f"{_WAVE}/zamknij/", wave.close_wave, name="close"),
    path(f"{_WAVE}/usun/", wave.drop, name="drop"),
    path(f"{_WAVE}/uwagi/", wave.note, name="note"),
    path(f"{_WAVE}/kogo/", plan.people, name="people"),
    path(f"{_WAVE}/ile/", plan.size, name="size"),
    path(f"{_WAVE}/punkty/", plan.points, name="points"),
    path(f"{_WAVE}/punkty/wielkosc/", plan.point_sizes, name="point_sizes"),
    path(f"{_WAVE}/formularze/", plan.forms, name="forms"),
    path(f"{_WAVE}/dni/", plan.shifts, name="shifts"),
    path(f"{_WAVE}/dni/losuj/", plan.draw, name="draw"),
    path(f"{_WAVE}/dni/dodaj/", plan.add_shift, name="add_shift"),
    path(f"{_WAVE}/dni/<int:shift>/usun/", plan.remove_shift, name="remove_shift"),
    path(f"{_WAVE}/linki/", links.links, name="links"),
    path(f"{_WAVE}/linki/nowy/", links.add_link, name="add_link"),
    path(f"{_LINK}/nazwa/", links.rename_link, name="rename_link"),
    path(f"{_LINK}/stan/", links.switch_link, name="switch_link"),
    path(f"{_LINK}/plakat.pdf", links.poster, name="poster"),
    path(f"{_LINK}/kod.svg", links.qr_code, name="qr_code"),
    path(f"{_NETWORK}/", network.network_surveys, name="network_surveys"),
    path(f"{_NETWORK}/kalendarz/", network.calendar, name="calendar"),
    path(f"{_NETWORK}/nowe/", network.network_create, name="network_create"),
    path(f"{_NETWORK}/<int:pk>/", network.network_survey, name="network_survey"),
    path(f"{_NETWORK}/<int:pk>/zmien/", network.network_change, name="network_change"),
    path(f"{_NETWORK}/<int:pk>/archiwum/", network.network_archive, name="network_archive"),
    path(f"{_NETWORK}/<int:pk>/nowa-fala/", network.network_plan_wave, name="network_plan_wave"),
    path(f"{_NETWORK_WAVE}/", network_wave.network_wave, name="network_wave"),
    path(f"{_NETWORK_WAVE}/terminy/", network_wave.network_dates, name="network_dates"),
    path(f"{_NETWORK_WAVE}/urzedy/", network_wave.offices, name="offices"),
    path(f"{_NETWORK_WAVE}/wagi/", network_wave.weights, name="weights"),
    path(f"{_NETWORK_WAVE}/otworz/", network_wave.network_open, name="network_open"),
    path(f"{_NETWORK_WAVE}/zamknij/", network_wave.network_close, name="network_close"),
    path(f"{_NETWORK_WAVE}/usun/", network_wave.network_drop, name="network_drop"),
]
