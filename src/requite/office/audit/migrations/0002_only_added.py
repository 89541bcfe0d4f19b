"""The database itself refuses to change or take away an event."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    "CREATE TRIGGER audit_event_is_not_changed BEFORE UPDATE ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END",
    "CREATE TRIGGER audit_event_is_not_deleted BEFORE DELETE ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION audit_events_are_only_added() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit events are only added'; END $$",
    "CREATE TRIGGER audit_event_is_not_changed BEFORE UPDATE OR DELETE ON audit_event "
    "FOR EACH ROW EXECUTE FUNCTION audit_events_are_only_added()",
    "CREATE TRIGGER audit_event_is_not_emptied BEFORE TRUNCATE ON audit_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_events_are_only_added()",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER audit_event_is_not_changed",
        "DROP TRIGGER audit_event_is_not_deleted",
    ),
    "postgresql": (
        "DROP TRIGGER audit_event_is_not_changed ON audit_event",
        "DROP TRIGGER audit_event_is_not_emptied ON audit_event",
        "DROP FUNCTION audit_events_are_only_added()",
    ),
}


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement)


def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
