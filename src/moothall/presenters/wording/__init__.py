"""Figures in words: nouns, numbers, sentences by declared rules."""
