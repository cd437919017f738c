"""Preview links for people without an account."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from articles.migrations import _invariants


def forwards(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_checklist")]

    operations = [
        migrations.CreateModel(
            name="PreviewLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("label", models.CharField(max_length=120, verbose_name="for whom")),
                ("made_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("opens", models.PositiveIntegerField(default=0)),
                ("opened_on", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="preview_links", to="articles.report"),
                ),
                ("revision", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.revision")),
            ],
            options={
                "verbose_name": "preview link",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("until__gt", models.F("made_at"))), name="preview_link_ends")
                ],
            },
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
