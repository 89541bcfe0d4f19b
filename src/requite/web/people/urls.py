"""Addresses of people, below a provider."""

from django.urls import path

from requite.web.people import me, providers, views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("me", me.me, name="me"),
    path("me/digest", me.digest, name="digest"),
    path("me/tour", me.toured, name="toured"),
    path("me/tokens/export.<str:form>", me.export, name="export_tokens"),
    path("me/tokens/add", me.add_token, name="add_token"),
    path("me/tokens/<int:pk>/end", me.end_token, name="end_token"),
    path("export.<str:form>", views.export, name="export"),
    path("providers/add", providers.add_provider, name="add_provider"),
    path("add", views.add, name="add"),
    path("<int:member>/role", views.change_role, name="role"),
    path("<int:member>/confirm", views.confirm, name="confirm"),
    path("<int:member>/end", views.end, name="end"),
]
