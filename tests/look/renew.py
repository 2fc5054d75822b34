"""`python -m tests.look.renew [PAGE ...]`: take the reference pictures anew, all or those of the pages named.

Compile the stylesheets before (`make assets`): pictures of a page without its look are worth nothing. Look at what
changed before you commit it: `git diff --stat tests/look/pictures`.
"""

import os
import shutil
import sys
from pathlib import Path

from tests.look.pages import FOLDER, PAGES, SHOTS, example_site, take
from tests.look.pictures import write_png
from tests.support.browser import open_browser


def main(names: list[str]) -> None:
    """Write the pictures and say how large they are in all."""
    unknown = sorted(set(names) - set(PAGES))
    if unknown:
        sys.exit(f"There is no page {unknown[0]!r}: choose among {', '.join(PAGES)}.")
    program = os.environ.get("MOOTHALL_CHROMIUM") or shutil.which("chromium")
    if program is None:
        sys.exit("Chromium was not found: install it, or name one in MOOTHALL_CHROMIUM.")
    FOLDER.mkdir(exist_ok=True)
    with open_browser(Path(program)) as browser, example_site() as site:
        for shot in SHOTS:
            if not names or shot.name in names:
                shot.file.write_bytes(write_png(take(browser, site, shot)))
    kept = sum(file.stat().st_size for file in FOLDER.glob("*.png"))
    sys.stdout.write(f"{len(SHOTS)} pictures are kept, {kept / 1000:,.0f} kB in all.\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.site.settings")
    main(sys.argv[1:])
