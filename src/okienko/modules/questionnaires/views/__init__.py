"""Pages of questionnaires, for an office and for a network alike."""
