"""Questionnaires ("kwestionariusze"): the ready ones, an office's or a network's copies, frozen versions."""
