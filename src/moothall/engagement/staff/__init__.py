"""The site of records for staff."""
