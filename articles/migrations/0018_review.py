"""Claimed reviews, threads of comments, legal and safety sign-offs. SQLite makes tables anew, so the triggers go and come."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from articles.migrations import _invariants


def apply(apps, schema_editor):
    _invariants.apply(schema_editor.connection)


def lift(apps, schema_editor):
    _invariants.lift(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0017_embargo_groups'),
    ]

    operations = [
        migrations.RunPython(lift, apply),
        migrations.CreateModel(
            name='ExtraReviewRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.CharField(choices=[('legal', 'Legal review'), ('safety', 'Safety review')], max_length=8, verbose_name='review')),
                ('kind', models.CharField(choices=[('news', 'News'), ('report', 'Report'), ('statement', 'Statement'), ('urgent action', 'Urgent action'), ('interview', 'Interview'), ('opinion', 'Opinion'), ('press release', 'Press release'), ('explainer', 'Explainer'), ('page', 'Page'), ('profile', 'Profile')], max_length=20, verbose_name='kind')),
                ('demanded', models.CharField(choices=[('never', 'Never'), ('severity', 'When severity is high'), ('allegation', 'When it accuses somebody'), ('either', 'When severity is high, or it accuses somebody'), ('both', 'When severity is high and it accuses somebody'), ('always', 'Always')], max_length=12, verbose_name='asked for')),
            ],
            options={
                'verbose_name': 'rule for legal and safety review',
                'verbose_name_plural': 'rules for legal and safety review',
                'ordering': ['kind', 'review'],
            },
        ),
        migrations.CreateModel(
            name='ExtraSignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.CharField(choices=[('legal', 'Legal review'), ('safety', 'Safety review')], max_length=8)),
                ('content_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'extra sign-off',
                'ordering': ['report', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ReviewClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'claimed review',
            },
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='anchor',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='field',
            field=models.CharField(blank=True, choices=[('headline', 'Headline'), ('standfirst', 'Standfirst'), ('dateline', 'Dateline'), ('body', 'Body'), ('pictures', 'Pictures'), ('citations', 'Sources'), ('subjects', 'Regions and tags'), ('credits', 'Credits')], max_length=12),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='articles.reviewcomment'),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='place',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='quoted',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='resolved_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='reviewcomment',
            name='resolved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='reviewcomment',
            index=models.Index(condition=models.Q(('parent__isnull', True), ('resolved_at__isnull', True)), fields=['report'], name='open_comments_of_a_report'),
        ),
        migrations.AddConstraint(
            model_name='reviewcomment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('field', 'body'), models.Q(('quoted', ''), _negated=True)), models.Q(models.Q(('field', 'body'), _negated=True), ('place__isnull', True), ('quoted', '')), _connector='OR'), name='comment_on_a_paragraph_quotes_it'),
        ),
        migrations.AddConstraint(
            model_name='reviewcomment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='reviewcomment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('resolved_by__isnull', True)), models.Q(('parent__isnull', True), ('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='resolution_names_who'),
        ),
        migrations.AddConstraint(
            model_name='extrareviewrule',
            constraint=models.UniqueConstraint(fields=('review', 'kind'), name='extra_review_rule_once'),
        ),
        migrations.AddConstraint(
            model_name='extrareviewrule',
            constraint=models.CheckConstraint(condition=models.Q(('demanded__in', ('never', 'severity', 'allegation', 'either', 'both', 'always'))), name='extra_review_demand_known'),
        ),
        migrations.AddField(
            model_name='extrasignoff',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='extrasignoff',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extra_sign_offs', to='articles.report'),
        ),
        migrations.AddField(
            model_name='extrasignoff',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.revision'),
        ),
        migrations.AddField(
            model_name='extrasignoff',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.approvalrule'),
        ),
        migrations.AddField(
            model_name='reviewclaim',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reviewclaim',
            name='report',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review_claim', to='articles.report'),
        ),
        migrations.AddConstraint(
            model_name='extrasignoff',
            constraint=models.CheckConstraint(condition=models.Q(('review__in', ('legal', 'safety'))), name='extra_review_known'),
        ),
        migrations.AddConstraint(
            model_name='extrasignoff',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('report', 'review', 'content_hash'), name='one_extra_sign_off_of_a_text'),
        ),
        migrations.AddIndex(
            model_name='reviewclaim',
            index=models.Index(fields=['person', 'at'], name='claims_of_a_person'),
        ),
        migrations.RunPython(apply, lift),
    ]
