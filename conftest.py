"""The cast of persons, the services' guard and what the machine must have are at hand in every test."""

pytest_plugins = [
    "okienko.foundation.testing.cast",
    "okienko.foundation.testing.jobs",
    "okienko.foundation.testing.machine",
]
