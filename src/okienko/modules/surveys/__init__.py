"""Surveys ("badania") and their waves ("fale"): who is asked, where, how, when; forms and links."""
