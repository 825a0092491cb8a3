"""The faces of the kit: ipywidgets that draw what the core says."""
