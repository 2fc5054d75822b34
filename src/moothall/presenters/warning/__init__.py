"""Signs, lenses, formal actions and the conversation pack."""
