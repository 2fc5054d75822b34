"""`python -m bench.first_page PATH ...`: milliseconds of a new worker's first page, and megabytes after all of them."""

import os
import sys
import time

from bench.stopwatch import ask_page, peak_megabytes


def main(paths: list[str]) -> None:
    """Start as a worker does, then ask for the pages in turn."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.site.settings")
    from moothall.site.wsgi import application

    started = time.perf_counter()
    ask_page(application, paths[0])
    first = (time.perf_counter() - started) * 1000
    for path in paths[1:]:
        ask_page(application, path)
    print(first, peak_megabytes())


if __name__ == "__main__":
    main(sys.argv[1:])
