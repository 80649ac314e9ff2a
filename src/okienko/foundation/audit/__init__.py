"""The audit trail ("historia") and commands: permission = command = audit word (`commands`)."""
