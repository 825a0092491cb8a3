"""The live room's server: a room while it is served, its pages that are open, and its way into the store."""
