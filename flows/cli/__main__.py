"""``python -m flows.cli`` is ``whoheld``."""

from flows.cli import main

main()
