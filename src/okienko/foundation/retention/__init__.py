"""The register of personal data ("rejestr danych osobowych") and its scheduled deletion."""
