"""What a command of the console says when it cannot do what was asked."""

from __future__ import annotations


class CommandFault(Exception):
    """Something the person at the keyboard can mend; the text says where, what, and what to do."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code
