"""Pages of surveys: an office's and a network's."""
