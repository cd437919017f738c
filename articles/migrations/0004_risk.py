"""How grave a report is and whether it accuses somebody: the desk asks for more eyes then. SQLite makes the table anew, so the triggers go and come."""

from django.db import migrations, models

from articles.migrations import _invariants


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


def lift(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_search_words")]

    operations = [
        migrations.RunPython(lift, apply),
        migrations.AddField(
            model_name="report",
            name="makes_allegation",
            field=models.BooleanField(
                default=False,
                help_text="It says of a person or an organisation that can be recognised that they did wrong.",
                verbose_name="accuses somebody",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="severity",
            field=models.CharField(
                choices=[("normal", "Normal"), ("high", "High: somebody could be harmed")],
                default="normal",
                help_text="High when it names or shows a person at risk, or must go out in haste.",
                max_length=6,
                verbose_name="severity",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(condition=models.Q(("severity__in", ["normal", "high"])), name="severity_known"),
        ),
        migrations.RunPython(apply, lift),
    ]
