"""Every address of the office."""

from django.urls import include, path

from requite.web import helping, home
from requite.web.api.endpoints import api

urlpatterns = [
    path("", home.home, name="home"),
    path("health", home.health, name="health"),
    path("theme", home.theme, name="theme"),
    path("account/email/", home.closed),  # single sign-on goes by it: administrators set it
    path("account/", include("allauth.urls")),
    path("api/", api.urls),
    path("<slug:provider>/", home.first_page, name="first_page"),
    path("<slug:provider>/cases/", include("requite.web.cases.urls")),
    path("<slug:provider>/corrections/", include("requite.web.corrections.urls")),
    path("<slug:provider>/imports/", include("requite.web.intake.urls")),
    path("<slug:provider>/dashboard/", include("requite.web.dashboard.urls")),
    path("<slug:provider>/people/", include("requite.web.people.urls")),
    path("<slug:provider>/audit/", include("requite.web.audit.urls")),
    path("<slug:provider>/help/<slug:part>", helping.help_page, name="help"),
]
handler403 = "requite.web.home.not_allowed"
handler404 = "requite.web.home.not_found"
handler500 = "requite.web.home.broken"
