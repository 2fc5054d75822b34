"""Where figures come from, what became of them, and how good our own work is."""
