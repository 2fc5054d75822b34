"""The back-test: run over a store's past days, kept in the build, told on a page and to programs."""
