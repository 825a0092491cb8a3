"""Starting and stopping the servers of Voilà and JupyterLab."""
