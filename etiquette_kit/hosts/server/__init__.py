"""The live room's server: a room while it is served, its open pages, and the writing of its events."""
