"""The kit's cards as widgets of a notebook."""
