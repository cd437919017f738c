"""What the checklist asks of each kind of report, and what people vouch for; with the triggers of the latter."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from articles.migrations import _invariants


def forwards(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


def backwards(apps, schema_editor):
    """The triggers go with their table."""


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_report_home_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('alt_text', 'Alternative text'), ('rights', 'Rights to the pictures'), ('credit', 'Credit of the pictures'), ('region', 'Region'), ('links', 'Links'), ('headline_length', 'Length of the headline'), ('citations', 'Sources'), ('right_of_reply', 'Right of reply'), ('consent', 'Consent')], max_length=20, verbose_name='requirement')),
                ('kind', models.CharField(choices=[('news', 'News'), ('report', 'Report'), ('statement', 'Statement'), ('urgent action', 'Urgent action'), ('interview', 'Interview'), ('opinion', 'Opinion'), ('press release', 'Press release'), ('explainer', 'Explainer'), ('page', 'Page'), ('profile', 'Profile')], max_length=20, verbose_name='kind')),
                ('level', models.CharField(choices=[('required', 'Required'), ('recommended', 'Recommended'), ('off', 'Off')], max_length=12, verbose_name='weight')),
                ('max_characters', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(20), django.core.validators.MaxValueValidator(200)], verbose_name='at most, in characters')),
            ],
            options={
                'verbose_name': 'requirement',
                'verbose_name_plural': 'requirements',
                'ordering': ['kind', 'code'],
                'constraints': [models.UniqueConstraint(fields=('code', 'kind'), name='requirement_once_per_kind'), models.CheckConstraint(condition=models.Q(('level__in', ('required', 'recommended', 'off'))), name='requirement_level_known'), models.CheckConstraint(condition=models.Q(models.Q(('code__in', ('alt_text', 'rights', 'region', 'links')), _negated=True), ('level', 'required'), _connector='OR'), name='fixed_requirements_stay_required'), models.CheckConstraint(condition=models.Q(models.Q(('code', 'headline_length'), ('max_characters__isnull', False)), models.Q(models.Q(('code', 'headline_length'), _negated=True), ('max_characters__isnull', True)), _connector='OR'), name='only_the_headline_has_a_limit')],
            },
        ),
        migrations.CreateModel(
            name='Assurance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('citations', 'Sources'), ('right_of_reply', 'Right of reply'), ('consent', 'Consent')], max_length=16)),
                ('answer', models.CharField(choices=[('no_answer', 'Asked, no answer yet'), ('declined', 'Asked, and declined to answer'), ('answered', 'Answered, and the answer is published'), ('obtained', 'Consent obtained'), ('not_needed', 'Consent not needed'), ('withheld', 'Consent withheld'), ('waived', 'Waived'), ('taken_back', 'Taken back')], max_length=12)),
                ('asked', models.CharField(blank=True, max_length=200, verbose_name='who was asked')),
                ('asked_on', models.DateField(blank=True, null=True, verbose_name='asked on')),
                ('text', models.TextField(blank=True, max_length=1000)),
                ('pictures_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assurances', to='articles.report')),
            ],
            options={
                'verbose_name': 'assurance',
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['report', '-at', '-id'], name='assurances_of_a_report')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ('waived', 'not_needed', 'answered')), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='waiver_gives_its_reason'), models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ('no_answer', 'declined', 'answered')), _negated=True), models.Q(('asked_on__isnull', False), models.Q(('asked', ''), _negated=True)), _connector='OR'), name='reply_names_who_and_when')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
