"""Writes of collected answers, by subject."""
