"""Administration of offices and people ("urząd i ludzie"): set-up, settings, invitations, history."""
