"""From the answers of a closed wave to the frozen, suppressed document that every outlet reads."""
