"""Addresses of cases, below a provider."""

from django.urls import path

from requite.web.cases import actions, views

app_name = "cases"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("bulk", actions.bulk, name="bulk"),
    path("export.<str:form>", views.export, name="export"),
    path("<int:number>/", views.case, name="case"),
    path("<int:number>/evidence", views.evidence, name="evidence"),
    path("<int:number>/move", actions.move, name="move"),
    path("<int:number>/note", actions.note, name="note"),
    path("<int:number>/assign", actions.assign, name="assign"),
    path("<int:number>/snooze", actions.snooze, name="snooze"),
    path("<int:number>/answer", actions.answer, name="answer"),
]
