"""Rules of keyed entry and of imports: plain values in, plain values out."""
