"""What every case stands at is put into the trail, so that its row can be set beside it."""

from collections import defaultdict
from pathlib import Path

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from requite.domain.case import label_of
from requite.office.audit.keys import audit_key
from requite.office.audit.services import Happening, extend
from requite.office.cases.stands import stands

AT_ONCE = 2_000


def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    del editor
    chains, events = apps.get_model("audit", "Chain"), apps.get_model("audit", "Event")
    cases, refunds = apps.get_model("cases", "Case"), apps.get_model("cases", "PaidRefund")
    paid = defaultdict(list)
    for row in refunds.objects.order_by("at", "pk"):
        paid[row.case_id].append(row)
    for chain in chains.objects.filter(provider__isnull=False).order_by("pk"):
        mine, waiting = cases.objects.filter(provider=chain.provider), []
        for case in mine.order_by("pk").iterator(chunk_size=AT_ONCE):
            told = {"stands": stands(case, paid.get(case.pk, ()))}
            waiting.append(Happening("case.sealed", label_of(case.number), facts=told))
            if len(waiting) == AT_ONCE:
                _add(chain, events, waiting)
                waiting = []
        _add(chain, events, waiting)


def _add(chain: object, events: type, waiting: list[Happening]) -> None:
    if waiting:
        key = audit_key(Path(settings.AUDIT_KEY_FILE))
        extend(chain, events, waiting, who=(None, ""), at=timezone.now(), key=key)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_reason_and_age"), ("audit", "0004_seal_old_chains")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
