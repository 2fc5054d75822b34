"""The pages of one council, and the list of councils."""
