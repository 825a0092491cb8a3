"""What a page shows, as typed values with their words."""
