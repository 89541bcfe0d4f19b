"""An import is held by a counter that moves, not by a time: no two clocks have to agree."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def nothing(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    del apps, editor


def give_leases(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What the constraints of the version before ask for."""
    del editor
    imports: Any = apps.get_model("intake", "Import").objects
    imports.filter(status="parked").update(status="failed")
    imports.filter(status="running").update(leased_until=timezone.now())
    imports.filter(ended_at__lt=models.F("asked_at")).update(ended_at=models.F("asked_at"))


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]
    operations = [
        migrations.RemoveConstraint("import", "a_running_import_is_leased"),
        migrations.RemoveConstraint("import", "import_ends_after_it_is_asked"),
        migrations.RunPython(nothing, give_leases),
        migrations.RemoveField("import", "leased_until"),
        migrations.AddField("import", "beat", models.PositiveBigIntegerField(default=0)),
        migrations.AlterField(
            "import",
            "status",
            models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("running", "Running"),
                    ("done", "Done"),
                    ("refused", "Refused"),
                    ("failed", "Failed"),
                    ("cancelled", "Cancelled"),
                    ("parked", "Parked"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            "import",
            models.CheckConstraint(
                condition=models.Q(("status", "running"), _negated=True)
                | models.Q(("worker", ""), _negated=True),
                name="a_running_import_has_a_worker",
            ),
        ),
    ]
