"""Who has a report's form open."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_preview_links")]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=40)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(db_index=True)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.report")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("report", "person", "page"), name="a_page_is_open_once"),
                    models.CheckConstraint(condition=models.Q(("until__gt", models.F("since"))), name="presence_ends"),
                ],
            },
        ),
    ]
