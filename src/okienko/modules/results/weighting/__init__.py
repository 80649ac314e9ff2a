"""Weights of a wave: what is known of the clients, what weighting does, and the decision to use it."""
