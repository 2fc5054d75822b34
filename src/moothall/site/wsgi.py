"""The entry for gunicorn. A worker opens the build and loads every page's code as it starts: no reader waits for it."""

import atexit
import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from moothall.errors import NoBuild

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.site.settings")
application = get_wsgi_application()


def _open_build() -> None:
    from moothall.web.current import current_store

    try:
        _ = current_store().catalogue
    except NoBuild:
        """Not an error yet: every page says how to make one."""


_open_build()
_ = get_resolver().url_patterns
# The catalogue stays as long as the worker; a search of it for garbage holds a reader up for a tenth of a second.
gc.freeze()
# At the end all of it goes in order, or DuckDB counts on the terminal what it believes to be lost.
atexit.register(gc.unfreeze)
