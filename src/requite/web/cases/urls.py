"""Addresses of cases, below a provider."""

from django.urls import path

from requite.web.cases import actions, approvals, assignment, bulk, documents, saved, tables, views

app_name = "cases"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("bulk", bulk.bulk, name="bulk"),
    path("export.<str:form>", views.export, name="export"),
    path("<int:number>/", views.case, name="case"),
    path("<int:number>/tables.<str:form>", tables.tables, name="tables"),
    path("<int:number>/presence", views.presence, name="presence"),
    path("<int:number>/evidence", views.evidence, name="evidence"),
    path("<int:number>/move", actions.move, name="move"),
    path("<int:number>/note", actions.note, name="note"),
    path("<int:number>/assign", actions.assign, name="assign"),
    path("<int:number>/snooze", actions.snooze, name="snooze"),
    path("<int:number>/answer", actions.answer, name="answer"),
    path("<int:number>/attach", documents.attach_file, name="attach"),
    path("<int:number>/attachments/<int:pk>", documents.attachment, name="attachment"),
    path("views", saved.views, name="views"),
    path("views/export.<str:form>", saved.export, name="export_views"),
    path("views/save", saved.save, name="save_view"),
    path("views/<int:pk>/remove", saved.remove, name="remove_view"),
    path("approvals", approvals.approvals, name="approvals"),
    path("approvals/export.<str:form>", approvals.export, name="export_approvals"),
    path("approvals/limit", approvals.limit, name="limit"),
    path("approvals/automatic", approvals.automatic, name="automatic"),
    path("approvals/<slug:cause>/off", approvals.off, name="automatic_off"),
    path("assignment", assignment.rules, name="rules"),
    path("assignment/export.<str:form>", assignment.export, name="export_rules"),
    path("assignment/add", assignment.add, name="add_rule"),
    path("assignment/<int:position>/remove", assignment.remove, name="remove_rule"),
    path("assignment/give", assignment.give, name="hand_out"),
]
