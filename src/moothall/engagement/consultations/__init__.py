"""Consultations from the first question to the decision."""
