"""Persons who sign in ("konta"): an e-mail address, a name, a password, a second factor."""
