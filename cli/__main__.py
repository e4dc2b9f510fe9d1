"""Lets `python -m cli` do what the `mentorsync` script does."""

import sys

from cli.main import main

if __name__ == "__main__":
    sys.exit(main())
