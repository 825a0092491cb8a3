"""The course as a static site: pages that any web server can hand out, with the Python that runs their cards."""
