"""The one error of the engine: a stable code for programs, a sentence for people."""


class StatisticsError(ValueError):
    """Input from which no correct figure can be made.

    Attributes
    ----------
    code : str
        Stable machine code, for example ``"fpc_below_sample"``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
