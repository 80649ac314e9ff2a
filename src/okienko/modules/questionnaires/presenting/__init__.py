"""What the pages show, as plain values made from a definition."""
