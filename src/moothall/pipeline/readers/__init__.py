"""One reader a file format. Each yields the same thing: a sheet of text cells that know where they stood."""
