"""The template environment: everything is escaped, a missing name draws nothing, whitespace is trimmed."""

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from jinja2 import ChainableUndefined, Environment
from markupsafe import Markup

from moothall.presenters.authority.rows import KEPT_ROWS, MetricRow
from moothall.site.first_screen import first_style_tag


def environment(**options: Any) -> Environment:
    """The environment of all pages; ``static(path)`` gives the address of a file of the look."""
    env = Environment(**{**options, "undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True})
    env.globals["static"] = marked_static
    env.globals["is_demonstration"] = _is_demonstration
    env.globals["first_style_tag"] = first_style_tag
    env.globals["drawn_row"] = lru_cache(maxsize=KEPT_ROWS)(lambda row: _draw_row(env, row))
    return env


def _is_demonstration() -> bool:
    return bool(settings.IS_DEMONSTRATION)


def _draw_row(env: Environment, row: MetricRow) -> Markup:
    """The component metric_row, drawn once for each row: no row depends on who reads it."""
    component = env.get_template("components/metric_row.html").module
    drawn: Markup = component.metric_row(row)  # type: ignore[attr-defined]
    return drawn


@cache
def marked_static(path: str) -> str:
    """The address of a static file with a mark of its content, so that browsers may keep it for long."""
    file = Path(settings.STATIC_ROOT) / path
    mark = hashlib.sha256(file.read_bytes()).hexdigest()[:8] if file.is_file() else ""
    return f"{static(path)}?v={mark}" if mark else static(path)
