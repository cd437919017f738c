"""The short name that stands in datelines, in each language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0032_search_phrases")]

    operations = [
        migrations.AddField(
            model_name="sitetext",
            name="short_name",
            field=models.CharField(
                blank=True, help_text="Stands in datelines: “Lagos (Short Name) –”.", max_length=60, verbose_name="short name"
            ),
        ),
    ]
