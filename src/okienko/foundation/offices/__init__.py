"""Networks, offices, units, service points and people's roles in them ("urzędy"), and the office scope."""
