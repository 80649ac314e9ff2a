"""Okienko: client satisfaction for a network of public offices."""

__version__ = "0.1.0"
