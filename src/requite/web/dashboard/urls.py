"""The address of the dashboard, below a provider."""

from django.urls import path

from requite.web.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.dashboard, name="page"),
    path("export.<str:form>", views.export, name="export"),
    path("debits.<str:form>", views.debits_found, name="debits"),
]
