"""The statistics engine on a national survey: the pass, the whole command, and R beside them."""
