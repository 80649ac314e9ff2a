"""The report on paper: what it contains and in which order."""
