"""The pages without figures: about, and the accessibility statement. Their words stand in their templates."""

from moothall.presenters.blocks import Crumbs, PageHead


def _crumbs(title: str) -> Crumbs:
    return (("Home", "/"), (title, None))


ABOUT = PageHead("About Moothall", "about", _crumbs("About"), "What Moothall is, and what it will not do.")
ACCESSIBILITY = PageHead(
    "Accessibility", "about", _crumbs("Accessibility"), "How usable this site is, and where it fails."
)
COPIES = PageHead("Copies of this site", "about", _crumbs("Copies"), "How to put a fixed copy on any web server.")
