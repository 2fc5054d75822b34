"""How Django knows this room."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Taking part."""

    name = "moothall.engagement"
    label = "engagement"
    verbose_name = "Taking part"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let ``check --deploy`` ask for the address of the site."""
        from moothall.engagement.post import where  # noqa: F401  its import registers the check
