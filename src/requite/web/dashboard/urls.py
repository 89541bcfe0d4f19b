"""The address of the dashboard, below a provider."""

from django.urls import path

from requite.web.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.dashboard, name="page"),
    path("debits.<str:form>", views.debits_found, name="debits"),
]
