"""What feeds are made of: an item for JSON Feed, the full text once for all forms, the site's line for their heads. SQLite makes tables anew, without their triggers."""

from django.db import migrations, models

from articles.migrations import _invariants


def lift(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("articles", "0026_theme")]

    operations = [
        migrations.RunPython(lift, apply),
        migrations.AddField(model_name="edition", name="feed_html", field=models.TextField(blank=True)),
        migrations.AddField(model_name="edition", name="json_item", field=models.TextField(blank=True)),
        migrations.AddField(model_name="shell", name="tagline", field=models.CharField(blank=True, max_length=200)),
        migrations.RunPython(apply, lift),
    ]
