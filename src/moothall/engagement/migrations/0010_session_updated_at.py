from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0009_introductions_and_learning_sets"),
    ]

    operations = [
        migrations.RenameField(
            model_name="session",
            old_name="created_at",
            new_name="updated_at",
        ),
    ]
