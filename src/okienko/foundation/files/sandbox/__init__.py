"""Running a parser on hostile input in a process that can do nothing but compute (`run`)."""

from okienko.foundation.files.sandbox.running import Reason, SandboxFault, SandboxLimits, run

__all__ = ["Reason", "SandboxFault", "SandboxLimits", "run"]
