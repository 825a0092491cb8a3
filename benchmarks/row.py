"""One row of the table: a figure of the kit, those of other tools, and the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One measured figure.

    Attributes
    ----------
    part : str
        The part of the benchmark it belongs to.
    what : str
        What was measured.
    ours : float
        Our figure, in `unit`.
    unit : str
        For example ``"ms"``; lower is better but for ``"1/s"``.
    peers : mapping of str to float
        Peer or floor to its figure, in the same unit; the ratio is taken to the first.
    most_ratio : float, optional
        The target, as the maximum ratio of ours to the first peer's.
    least_ratio : float, optional
        The target where higher is better, as the minimum ratio of ours to the first peer's.
    most : float, optional
        The target, as the maximum of ours.
    """

    part: str
    what: str
    ours: float
    unit: str
    peers: Mapping[str, float] = field(default_factory=dict)
    most_ratio: float | None = None
    least_ratio: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours divided by the first peer's; None where there is no peer, or its figure is zero."""
        first = next(iter(self.peers.values()), 0.0)
        return self.ours / first if first else None

    @property
    def target(self) -> str:
        """The target as text; empty for a figure without a target."""
        limits = [None if self.most_ratio is None else f"≤ {self.most_ratio:g} ×"]
        limits.append(None if self.least_ratio is None else f"≥ {self.least_ratio:g} ×")
        limits.append(None if self.most is None else f"≤ {formatted(self.most, self.unit)}")
        return ", ".join(filter(None, limits))

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if not self.target:
            return None
        ratio = self.ratio
        return (
            (self.most_ratio is None or (ratio is not None and ratio <= self.most_ratio))
            and (self.least_ratio is None or (ratio is not None and ratio >= self.least_ratio))
            and (self.most is None or self.ours <= self.most)
        )

    def as_dict(self) -> dict[str, object]:
        """Return plain values for JSON."""
        return {
            "part": self.part,
            "what": self.what,
            "ours": self.ours,
            "unit": self.unit,
            "peers": dict(self.peers),
            "ratio": self.ratio,
            "target": self.target,
            "reached": self.reached,
        }


def formatted(value: float, unit: str) -> str:
    """Return a figure with its unit, rounded to its precision."""
    if unit == "bytes":
        return f"{value / 1000:.3g} kB"
    if unit == "messages":
        return f"{value:.0f}"
    return (f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}").rstrip()
