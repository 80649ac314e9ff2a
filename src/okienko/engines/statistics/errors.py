"""The one error of the engine: a stable code for programs, a sentence for people."""

from collections.abc import Mapping


class StatisticsError(ValueError):
    """Input from which no correct figure can be made.

    Attributes
    ----------
    code : str
        Stable machine code, for example ``"fpc_below_sample"``.
    about : mapping
        What the sentence names (``margin``, ``category`` …), for a program that words it itself.
    """

    def __init__(self, code: str, message: str, about: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.about = dict(about or {})
