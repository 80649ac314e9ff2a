"""What goes wrong when printing."""


class PrintError(Exception):
    """A file could not be made; the message says what is wrong with the data or the installation."""
