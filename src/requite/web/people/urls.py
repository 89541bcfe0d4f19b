"""Addresses of people, below a provider."""

from django.urls import path

from requite.web.people import views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("add", views.add, name="add"),
    path("<int:member>/role", views.change_role, name="role"),
    path("<int:member>/end", views.end, name="end"),
]
