from django.urls import path

from okienko.foundation.administration.views import (
    history,
    invitation,
    inviting,
    network,
    office,
    people,
    profile,
    set_up,
)

app_name = "administration"
_INVITATIONS = "zaproszenia/<int:pk>"
urlpatterns = [
    path("start/", set_up.set_up, name="set_up"),
    path("start/<slug:step>/", set_up.set_up_step, name="set_up_step"),
    path("zaproszenie/<str:token>/", invitation.invitation, name="invitation"),
    path("profil/", profile.profile, name="profile"),
    path("u/<slug:office>/ustawienia/", office.office, name="office"),
    path("u/<slug:office>/ustawienia/zmien/", office.edit_office, name="edit_office"),
    path("u/<slug:office>/ustawienia/siec/", office.start_network, name="start_network"),
    path("u/<slug:office>/ustawienia/jednostki/nowa/", office.edit_unit, name="add_unit"),
    path("u/<slug:office>/ustawienia/jednostki/<int:pk>/", office.edit_unit, name="edit_unit"),
    path("u/<slug:office>/punkty/", office.points, name="points"),
    path("u/<slug:office>/punkty/nowy/", office.edit_point, name="add_point"),
    path("u/<slug:office>/punkty/<int:pk>/", office.point, name="point"),
    path("u/<slug:office>/punkty/<int:pk>/zmien/", office.edit_point, name="edit_point"),
    path("u/<slug:office>/punkty/<int:pk>/stan/", office.switch_point, name="switch_point"),
    path("u/<slug:office>/ludzie/", people.people, name="people"),
    path("u/<slug:office>/ludzie/zapros/", inviting.invite, name="invite"),
    path("u/<slug:office>/ludzie/przekaz/", people.hand_over, name="hand_over"),
    path("u/<slug:office>/ludzie/<int:pk>/rola/", people.change_role, name="change_role"),
    path("u/<slug:office>/ludzie/<int:pk>/usun/", people.remove_person, name="remove_person"),
    path(
        f"u/<slug:office>/ludzie/{_INVITATIONS}/ponow/", inviting.resend_invitation, name="resend_invitation"
    ),
    path(
        f"u/<slug:office>/ludzie/{_INVITATIONS}/wycofaj/",
        inviting.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("u/<slug:office>/historia/", history.history, name="history"),
    path("u/<slug:office>/historia/<str:kind>/<str:pk>/", history.object_history, name="object_history"),
    path("siec/<slug:network>/ustawienia/", network.network, name="network"),
    path("siec/<slug:network>/ustawienia/zmien/", network.edit_network, name="edit_network"),
    path(
        "siec/<slug:network>/ustawienia/koordynatorzy/zapros/",
        inviting.invite_network_coordinator,
        name="invite_network_coordinator",
    ),
    path(
        "siec/<slug:network>/ustawienia/koordynatorzy/<int:pk>/usun/",
        network.remove_network_coordinator,
        name="remove_network_coordinator",
    ),
    path(
        f"siec/<slug:network>/ustawienia/{_INVITATIONS}/ponow/",
        inviting.resend_invitation,
        name="network_resend_invitation",
    ),
    path(
        f"siec/<slug:network>/ustawienia/{_INVITATIONS}/wycofaj/",
        inviting.withdraw_invitation,
        name="network_withdraw_invitation",
    ),
    path("siec/<slug:network>/urzedy/", network.network_offices, name="network_offices"),
    path("siec/<slug:network>/urzedy/nowy/", network.add_office, name="add_office"),
    path("siec/<slug:network>/urzedy/typy/nowy/", network.add_office_type, name="add_office_type"),
    path("siec/<slug:network>/urzedy/<int:pk>/", network.network_office, name="network_office"),
    path(
        "siec/<slug:network>/urzedy/<int:pk>/zmien/", network.network_edit_office, name="network_edit_office"
    ),
    path("siec/<slug:network>/urzedy/<int:pk>/stan/", network.switch_office, name="switch_office"),
    path(
        "siec/<slug:network>/urzedy/<int:pk>/koordynator/",
        inviting.invite_coordinator,
        name="invite_coordinator",
    ),
    path("siec/<slug:network>/historia/", history.network_history, name="network_history"),
    path(
        "siec/<slug:network>/historia/<str:kind>/<str:pk>/",
        history.network_object_history,
        name="network_object_history",
    ),
]
