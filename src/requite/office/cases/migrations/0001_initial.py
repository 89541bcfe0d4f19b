import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("account_id", models.CharField(max_length=80)),
                ("party", models.CharField(max_length=20)),
                ("party_id", models.CharField(blank=True, max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("to_work", "To work"),
                            ("waiting_payer", "Waiting for the payer"),
                            ("waiting_provider", "Waiting for the provider"),
                            ("waiting_posting", "Waiting for the posting"),
                            ("waiting_approval", "Waiting for approval"),
                            ("to_pay", "To pay"),
                            ("to_reconcile", "To reconcile"),
                            ("resolved", "Resolved"),
                            ("reopened", "Reopened"),
                        ],
                        default="new",
                        max_length=20,
                    ),
                ),
                (
                    "queue",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                state__in=["new", "to_work", "reopened"], then=models.Value("work")
                            ),
                            models.When(state__in=["waiting_payer"], then=models.Value("payer")),
                            models.When(
                                state__in=["waiting_provider"], then=models.Value("provider")
                            ),
                            models.When(
                                state__in=["waiting_posting"], then=models.Value("posting")
                            ),
                            models.When(
                                state__in=["waiting_approval"], then=models.Value("approval")
                            ),
                            models.When(state__in=["to_pay"], then=models.Value("pay")),
                            models.When(state__in=["to_reconcile"], then=models.Value("reconcile")),
                            models.When(state__in=["resolved"], then=models.Value("done")),
                        ),
                        output_field=models.CharField(max_length=10),
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("party_name", models.CharField(blank=True, max_length=200)),
                ("payer_class", models.CharField(blank=True, max_length=30)),
                ("patient_name", models.CharField(blank=True, max_length=200)),
                ("cause", models.CharField(max_length=40)),
                ("disposition", models.CharField(max_length=30)),
                ("certainty", models.CharField(max_length=10)),
                ("amount_cents", models.BigIntegerField()),
                ("verdict", models.TextField()),
                ("rank", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField(null=True)),
                ("due_key", models.DateField(default="9999-12-31")),
                ("rule_id", models.CharField(blank=True, max_length=80)),
                ("digest", models.CharField(max_length=64)),
                ("details", models.CharField(blank=True, max_length=64)),
                ("snoozed_until", models.DateField(null=True)),
                ("snooze_reason", models.CharField(blank=True, max_length=300)),
                ("decision", models.CharField(blank=True, max_length=30)),
                ("decided_at", models.DateTimeField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("refund_cents", models.BigIntegerField(null=True)),
                ("changed_since_decided", models.BooleanField(default=False)),
                ("resolution", models.CharField(blank=True, max_length=300)),
                ("closed_from", models.CharField(blank=True, max_length=20)),
                ("closed_by", models.CharField(blank=True, max_length=16)),
                ("is_gone", models.BooleanField(default=False)),
                ("identified_on", models.DateField()),
                ("determined_on", models.DateField()),
                ("opened_at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="people.provider",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line_no", models.IntegerField(null=True)),
                ("cause", models.CharField(max_length=40)),
                ("disposition", models.CharField(max_length=30)),
                ("amount_cents", models.BigIntegerField()),
                ("certainty", models.CharField(max_length=10)),
                ("due_on", models.DateField(null=True)),
                ("rule_id", models.CharField(blank=True, max_length=80)),
                ("evidence", models.TextField(blank=True)),
                ("explanation", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account_id", models.CharField(max_length=80)),
                ("value", models.CharField(max_length=80)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.provider",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["provider", "queue", "rank", "due_key", "-amount_cents", "number"],
                name="queue_order",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["provider", "queue", "due_key"],
                include=("amount_cents", "snoozed_until", "party", "cause"),
                name="queue_sums",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["provider", "queue", "cause", "rank", "due_key", "-amount_cents", "number"],
                include=("snoozed_until",),
                name="queue_order_of_a_cause",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["provider", "account_id"], name="cases_of_an_account"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["provider", "assigned_to", "state"], name="cases_of_a_person"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["provider", "amount_cents"], name="cases_of_an_amount"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("provider", "number"), name="case_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("provider", "account_id", "party", "party_id"), name="one_case_for_a_party"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_cents__gt", 0)), name="case_has_an_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "new",
                            "to_work",
                            "waiting_payer",
                            "waiting_provider",
                            "waiting_posting",
                            "waiting_approval",
                            "to_pay",
                            "to_reconcile",
                            "resolved",
                            "reopened",
                        ],
                    )
                ),
                name="state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("party__in", ["payer", "patient", "none", "undetermined"])),
                name="party_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_approves_an_own_proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refund_cents__isnull", True), ("refund_cents__gt", 0), _connector="OR"
                ),
                name="a_proposal_has_an_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "resolved"), _negated=True),
                    ("resolved_at__isnull", False),
                    _connector="OR",
                ),
                name="a_resolved_case_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="casefinding",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_cents__gt", 0)), name="finding_has_an_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="casefinding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "disposition__in",
                        [
                            "refund_payer",
                            "refund_patient",
                            "corrected_claim",
                            "reverse_posting",
                            "transfer_posting",
                            "post_recoupment",
                            "post_refund",
                            "post_returned_payment",
                            "reclassify",
                            "hold",
                            "review",
                        ],
                    )
                ),
                name="disposition_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="casefinding",
            constraint=models.CheckConstraint(
                condition=models.Q(("certainty__in", ["proved", "likely", "person"])),
                name="certainty_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(
                fields=["provider", "value"],
                name="reference_beginnings",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.UniqueConstraint(
                fields=("provider", "value", "account_id"), name="reference_once"
            ),
        ),
    ]
