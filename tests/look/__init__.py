"""How pages look: small reference pictures of twelve pages at three widths, and what holds new ones against them."""
