"""What a page asks of a build: its reader, views of it, a group and its figures, what changed."""
