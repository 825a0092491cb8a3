"""Cards: pages as plain values that process messages by `take(message)`; without widgets and browser."""
