"""Starting and ending the servers of Voilà and JupyterLab."""
