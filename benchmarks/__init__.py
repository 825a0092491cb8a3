"""Benchmarks of the kit against comparable tools and against a lower bound: ``uv run --group bench python -m benchmarks``."""
