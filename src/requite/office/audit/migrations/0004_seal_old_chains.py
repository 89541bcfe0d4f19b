"""The chains of before there was a key are closed by one event, and bound by the key from there.

Going back changes no event: nothing of the trail is ever taken away. Coming forward again, chains
that end under the key are sealed as they stand.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from requite.office.audit.sealing import seal_old_chains


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    del editor
    seal_old_chains(apps.get_model("audit", "Chain"), apps.get_model("audit", "Event"))


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_seal")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
