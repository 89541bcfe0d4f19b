import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AutomaticUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cause", models.CharField(max_length=40)),
                ("on", models.DateField()),
                ("cents", models.BigIntegerField()),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.provider",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="automatic_uses",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApprovalLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("most_cents", models.BigIntegerField()),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.provider",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "role"), name="one_limit_of_a_role"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most_cents__gte", 0)), name="limit_is_an_amount"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AutomaticApproval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cause", models.CharField(max_length=40)),
                ("most_cents", models.BigIntegerField()),
                ("day_cents", models.BigIntegerField()),
                ("month_cents", models.BigIntegerField()),
                ("turned_on_at", models.DateTimeField()),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.provider",
                    ),
                ),
                (
                    "turned_on_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "cause"), name="one_rule_of_a_cause"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most_cents__gt", 0),
                            ("day_cents__gte", models.F("most_cents")),
                            ("month_cents__gte", models.F("day_cents")),
                        ),
                        name="caps_hold_one_another",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="automaticuse",
            index=models.Index(fields=["provider", "cause", "on"], name="uses_of_a_rule"),
        ),
    ]
