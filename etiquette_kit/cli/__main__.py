"""`python -m etiquette_kit.cli` runs the command line."""

from etiquette_kit.cli import main

main()
