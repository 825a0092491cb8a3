"""Cards in a browser: Python runs in a worker of the page, without a server."""
