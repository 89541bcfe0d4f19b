"""An import may ask before it changes much, and says how many accounts it may hold out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_held_by_beats")]
    operations = [
        migrations.AddField("import", "may_flag_many", models.BooleanField(default=False)),
        migrations.AddField("import", "hold_out_limit", models.FloatField(default=0.01)),
        migrations.AddField("import", "asks", models.CharField(blank=True, max_length=20)),
        migrations.AlterField(
            "import",
            "status",
            models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("running", "Running"),
                    ("done", "Done"),
                    ("asking", "Asks for confirmation"),
                    ("refused", "Refused"),
                    ("failed", "Failed"),
                    ("cancelled", "Cancelled"),
                    ("parked", "Parked"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
    ]
