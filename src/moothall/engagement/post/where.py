"""Whether the worker knows under which address the site is: without it, its letters hold no links."""

from typing import Any

from django.conf import settings
from django.core import checks

NO_ADDRESS = "MOOTHALL_ADDRESS is not set: letters that the worker writes by itself will hold no links."
MEND = "Set it to the address of the site, such as https://figures.example.org."


@checks.register(checks.Tags.security, deploy=True)
def refuse_no_address(app_configs: Any, **_: Any) -> list[checks.Warning]:
    """The warning of ``check --deploy`` where no address is set."""
    return [] if settings.SITE_ADDRESS else [checks.Warning(NO_ADDRESS, hint=MEND, id="moothall.W001")]
