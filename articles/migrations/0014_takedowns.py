"""A second look at a takedown, reinstatement by two people, corrections that replace one another in public, and an index of what is gone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from articles.migrations import _invariants

PERSON = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}
KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


def lift(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_staff_sessions")]

    operations = [
        migrations.RunPython(lift, apply),
        migrations.CreateModel(
            name="ReinstatementRequest",
            fields=[
                KEY,
                ("reason", models.TextField(max_length=2000)),
                ("at", models.DateTimeField()),
                ("asked_by", models.ForeignKey(**PERSON)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reinstatement_requests", to="articles.report"
                    ),
                ),
                (
                    "takedown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reinstatement_requests", to="articles.withdrawal"
                    ),
                ),
            ],
            options={
                "verbose_name": "request to reinstate",
                "ordering": ["-at", "-id"],
                "constraints": [models.UniqueConstraint(fields=("takedown", "asked_by"), name="a_person_asks_once_a_takedown")],
            },
        ),
        migrations.CreateModel(
            name="Reinstatement",
            fields=[
                KEY,
                ("reason", models.TextField(max_length=2000)),
                ("at", models.DateTimeField()),
                ("granted_by", models.ForeignKey(**PERSON)),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grant", to="articles.reinstatementrequest"
                    ),
                ),
            ],
            options={"verbose_name": "reinstatement"},
        ),
        migrations.CreateModel(
            name="TakedownReview",
            fields=[
                KEY,
                ("text", models.TextField(blank=True, max_length=2000)),
                ("at", models.DateTimeField()),
                ("person", models.ForeignKey(**PERSON)),
                (
                    "takedown",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="review", to="articles.withdrawal"),
                ),
            ],
            options={"verbose_name": "review of a takedown"},
        ),
        migrations.AddField("editioncorrection", "supersedes", models.UUIDField(db_index=True, null=True)),
        migrations.AddIndex("address", models.Index(condition=models.Q(("answer", "gone")), fields=["-since"], name="address_gone")),
        migrations.RunPython(apply, lift),
    ]
