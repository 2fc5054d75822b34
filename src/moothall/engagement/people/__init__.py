"""Who somebody is, to whom they belong, what they may open and what is held about them."""
