"""`okienko manage …`: Django's own commands, and the start of Django that the other commands share."""

from __future__ import annotations

from okienko.config import env
from okienko.interfaces.cli.fault import CommandFault


def start_django(settings: str = "") -> None:
    """Load the settings and the apps, once, before anything of Django is imported."""
    env.choose_settings(settings)
    import django

    django.setup()


def migrate() -> None:
    """Bring the database to this version's tables; quiet, and harmless when nothing is to be done."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def run(arguments: list[str]) -> int:
    env.choose_settings()
    from django.core.management import ManagementUtility
    from django.core.management.base import CommandError

    try:
        ManagementUtility(["okienko manage", *arguments]).execute()
    except CommandError as error:
        raise CommandFault(str(error)) from error
    return 0
