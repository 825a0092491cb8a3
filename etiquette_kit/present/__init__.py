"""The content of pages, as typed values with their texts."""
