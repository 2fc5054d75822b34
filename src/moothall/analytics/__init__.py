"""Analytics: what the figures say, as small pure functions on arrays. Imports the domain, never the store."""
