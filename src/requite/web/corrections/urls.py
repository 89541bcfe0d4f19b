"""Addresses of corrections, below a provider."""

from django.urls import path

from requite.web.corrections import views

app_name = "corrections"
urlpatterns = [
    path("", views.corrections_page, name="list"),
    path("export.<str:form>", views.export, name="export"),
    path("sent", views.sent, name="sent"),
]
