import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import moothall.engagement.models.responses


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0010_session_updated_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="NewsEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=250, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=400)),
                ("summary", models.TextField()),
                ("address", models.CharField(max_length=500)),
                ("metrics", models.JSONField(default=list)),
                ("themes", models.JSONField(default=list)),
                ("authorities", models.JSONField(default=list)),
                ("is_past", models.BooleanField(default=False)),
                ("seen_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["kind", "id"],
            },
        ),
        migrations.CreateModel(
            name="NewsNoted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=250)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=moothall.engagement.models.responses.new_ref, editable=False, max_length=12, unique=True
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("choices", models.JSONField(default=dict)),
                ("asked", models.JSONField(default=dict)),
                ("site", models.CharField(max_length=500)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("next_at", models.DateTimeField(blank=True, db_index=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Newsletter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ref",
                    models.CharField(
                        default=moothall.engagement.models.responses.new_ref, editable=False, max_length=12, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("words", models.TextField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("readers", models.PositiveIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="told", to="engagement.newsentry"
                    ),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="told", to="engagement.subscriber"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("subscriber", "entry"), name="told_once")],
            },
        ),
    ]
