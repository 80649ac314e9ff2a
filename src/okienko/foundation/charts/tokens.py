"""Colours of the figures: the light values of the theme's tokens.

They stand in the drawing as presentation attributes, so that a downloaded picture and the PDF need no
style sheet. On a page the rules of the theme (`.chart .dot {fill: var(--fig-dot)}` …) win over
presentation attributes, which is how the dark mode works with the same string.
"""

INK = "#1B2430"
INK_2 = "#465160"
PAPER = "#FBFAF7"
SHEET = "#FFFFFF"
PAPER_2 = "#F2EFE7"
ON_BRAND = "#FFFFFF"
AMBER_TINT = "#FDF2DC"

TREND = "#0B5563"
DOT = "#1B2430"
INTERVAL = "#1B2430"
BAND = "#CBE0E2"
BAND_EDGE = "#5E979E"
REFERENCE = "#6B6557"
GRID = "#E6E1D6"
HATCH = "#CFC7B6"

# Satisfaction, the one scale: brown, grey, teal. Fill, edge (at least 3:1 on paper), ink on the fill.
SATISFACTION = (
    ("#7D4610", "#7D4610", "#FFFFFF"),
    ("#D6AC74", "#A5763A", "#1B2430"),
    ("#D9D7D0", "#8A8981", "#1B2430"),
    ("#85C2BA", "#3A8D86", "#1B2430"),
    ("#01665E", "#01665E", "#FFFFFF"),
)

FONT = "Lato, Carlito, 'Segoe UI', 'Libertinus Serif', sans-serif"
FONT_SIZE = 13.5


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
