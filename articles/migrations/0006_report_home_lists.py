"""Indexes of the desk's first page: what is due, one's own drafts, what is approved and not public."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_own_text")]

    operations = [
        migrations.AddIndex("report", models.Index(fields=["assigned_to", "edit_state", "due_at"], name="report_due")),
        migrations.AddIndex(
            "report", models.Index(fields=["created_by", "edit_state", "-saved_at", "-id"], name="report_own_by_edit_state")
        ),
        migrations.AddIndex(
            "report", models.Index(fields=["edit_state", "public_state", "-saved_at", "-id"], name="report_by_both_states")
        ),
    ]
