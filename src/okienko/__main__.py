"""`python -m okienko` is the console script `okienko`."""

import sys

from okienko.interfaces.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
