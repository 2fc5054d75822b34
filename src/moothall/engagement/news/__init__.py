"""News by e-mail: wanted by whom, and what is new."""
