"""Results ("wyniki"): what closed waves say, frozen and suppressed once, on pages, in reports and tables."""
