"""Cards: what a page is and does, as plain values and `take(message)`; no widget, no browser."""
