"""The pages of one metric, and the list of metrics."""
