"""What the invented persons of the demo have in common."""

# Printed by `run.py demo`. It opens invented data only: such an account exists nowhere else.
DEMO_PASSWORD = "okienko-pokaz-2026"  # noqa: S105 (it is published: the persons are invented)
