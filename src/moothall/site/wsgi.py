"""The entry for gunicorn. The build is opened when a worker starts, so that its first reader does not wait."""

import os

from django.core.wsgi import get_wsgi_application

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
