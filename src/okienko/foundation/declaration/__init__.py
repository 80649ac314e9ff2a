"""The accessibility declaration ("deklaracja dostępności") that the law asks of every public website."""
