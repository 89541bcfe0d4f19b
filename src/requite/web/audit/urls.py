"""The address of the audit trail, below a provider."""

from django.urls import path

from requite.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.trail, name="list"),
    path("export.<str:form>", views.export, name="export"),
]
