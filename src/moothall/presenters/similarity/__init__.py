"""Similar councils: who they are, why, and how far that carries."""
