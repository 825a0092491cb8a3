"""The course as a folder of files that any web server can serve: Python runs in the browser."""
