from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations, models

YEAR = timedelta(days=365)


def end_a_year_after_they_were_made(apps: Apps, schema_editor: object) -> None:
    del schema_editor
    tokens = apps.get_model("people", "ApiToken")
    for token in tokens.objects.all():
        token.ends_on = (token.made_at + YEAR).date()
        token.save(update_fields=["ends_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_count_attempts_to_sign_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="first_used_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="ends_on",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(end_a_year_after_they_were_made, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="apitoken",
            name="ends_on",
            field=models.DateField(),
        ),
    ]
