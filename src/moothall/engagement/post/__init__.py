"""Letters by e-mail: written with the act, sent by the worker."""
