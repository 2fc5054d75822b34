"""Drawings as SVG, each with its text alternative."""
