"""What readers answered in a trial: reading their files, counting, and what is to be mended."""
