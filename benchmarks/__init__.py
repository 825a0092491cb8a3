"""The kit measured against its peers and against the floor: ``uv run --group bench python -m benchmarks``."""
