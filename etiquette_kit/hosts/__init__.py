"""Where pages run: in a notebook, on the live room's server, and on the servers of Voilà and JupyterLab."""
