"""Two councils have one open request about a metric; of those asked twice at the same moment the first stays."""

from typing import Any, ClassVar

from django.db import migrations, models

OPEN = "asked"


def take_doubles_back(apps: Any, schema_editor: Any) -> None:
    """Every later one of the same request is taken back, as whoever asked could do."""
    introductions = apps.get_model("engagement", "Introduction")
    seen = set()
    for each in introductions.objects.filter(state=OPEN).order_by("pk"):
        request = (each.asking, each.asked, each.metric)
        if request in seen:
            introductions.objects.filter(pk=each.pk).update(state="withdrawn")
        seen.add(request)


class Migration(migrations.Migration):
    """The constraint, after the doubles."""

    dependencies: ClassVar = [("engagement", "0011_news")]

    operations: ClassVar = [
        migrations.RunPython(take_doubles_back, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", OPEN)), fields=("asking", "asked", "metric"), name="one_open_introduction"
            ),
        ),
    ]
