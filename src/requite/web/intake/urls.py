"""Addresses of imports, below a provider."""

from django.urls import path

from requite.web.intake import extract, mapping, report, views

app_name = "intake"
urlpatterns = [
    path("", views.imports, name="list"),
    path("export.<str:form>", views.export, name="export"),
    path("upload", views.upload, name="upload"),
    path("report", report.report, name="report"),
    path("report/read", report.read, name="read_report"),
    path("report/worklist.<str:form>", report.worklist, name="report_worklist"),
    path("extract", extract.extract, name="extract"),
    path("mapping", mapping.mapping, name="mapping"),
    path("mapping/try", mapping.try_out, name="try_mapping"),
    path("<int:number>/", views.one_import, name="one"),
    path("<int:number>/held-out.<str:form>", views.held_out, name="held_out"),
    path("<int:number>/problems.<str:form>", views.problems, name="problems"),
    path("<int:number>/allow", views.allow, name="allow"),
    path("<int:number>/cancel", views.cancel, name="cancel"),
    path("<int:number>/undo", views.undo, name="undo"),
]
