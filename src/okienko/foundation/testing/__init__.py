"""For tests only: the cast of persons, factories of the foundation, helpers."""
