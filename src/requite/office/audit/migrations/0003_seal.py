"""A chain is sealed by the audit key, and neither it nor its row is shortened unseen."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    "CREATE TRIGGER audit_chain_is_not_shortened BEFORE UPDATE ON audit_chain "
    "WHEN NEW.length < OLD.length OR NEW.name <> OLD.name "
    "BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END",
    "CREATE TRIGGER audit_chain_is_not_deleted BEFORE DELETE ON audit_chain "
    "BEGIN SELECT RAISE(ABORT, 'audit events are only added'); END",
)
POSTGRESQL = (
    "CREATE TRIGGER audit_chain_is_not_shortened BEFORE UPDATE ON audit_chain FOR EACH ROW "
    "WHEN (NEW.length < OLD.length OR NEW.name <> OLD.name) "
    "EXECUTE FUNCTION audit_events_are_only_added()",
    "CREATE TRIGGER audit_chain_is_not_deleted BEFORE DELETE ON audit_chain "
    "FOR EACH ROW EXECUTE FUNCTION audit_events_are_only_added()",
    "CREATE TRIGGER audit_chain_is_not_emptied BEFORE TRUNCATE ON audit_chain "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_events_are_only_added()",
    "ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_is_not_changed",
    "ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_is_not_emptied",
    "ALTER TABLE audit_chain ENABLE ALWAYS TRIGGER audit_chain_is_not_shortened",
    "ALTER TABLE audit_chain ENABLE ALWAYS TRIGGER audit_chain_is_not_deleted",
    "ALTER TABLE audit_chain ENABLE ALWAYS TRIGGER audit_chain_is_not_emptied",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER audit_chain_is_not_shortened",
        "DROP TRIGGER audit_chain_is_not_deleted",
    ),
    "postgresql": (
        "DROP TRIGGER audit_chain_is_not_shortened ON audit_chain",
        "DROP TRIGGER audit_chain_is_not_deleted ON audit_chain",
        "DROP TRIGGER audit_chain_is_not_emptied ON audit_chain",
        "ALTER TABLE audit_event ENABLE TRIGGER audit_event_is_not_changed",
        "ALTER TABLE audit_event ENABLE TRIGGER audit_event_is_not_emptied",
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
    dependencies = [("audit", "0002_only_added")]
    operations = [
        migrations.AddField(
            "chain",
            "seal",
            models.CharField(blank=True, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(forwards, backwards),
    ]
