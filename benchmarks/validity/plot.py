"""docs/grade-validity.svg: score against retained accuracy, a panel for each set; for light pages and dark ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from benchmarks.validity.agreement import Point

_WIDTH, _HEIGHT = 340, 250  # of a panel
_LEFT, _TOP, _RIGHT, _BOTTOM = 46, 34, 16, 40  # of the drawing within its panel
_COLUMNS = 2
_LEGEND = 30

_STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #52514e }
  .title { font-weight: 600; fill: #0b0b0b }
  .grid { stroke: #e1e0d9; stroke-width: 1 }
  .axis { stroke: #898781; stroke-width: 1 }
  .dot { stroke: #fcfcfb; stroke-width: 1 }
  .one { fill: #2a78d6 } .pair { fill: #eb6834 } .none { fill: #0b0b0b }
  @media (prefers-color-scheme: dark) {
    text { fill: #c3c2b7 } .title { fill: #ffffff } .grid { stroke: #2c2c2a } .axis { stroke: #898781 }
    .paper { fill: #1a1a19 } .dot { stroke: #1a1a19 } .one { fill: #3987e5 } .pair { fill: #d95926 }
    .none { fill: #ffffff }
  }
"""


def plot(panels: Sequence[tuple[str, Sequence[Point]]]) -> str:
    """The SVG of (title, copies) of each set."""
    lines = -(-len(panels) // _COLUMNS)
    width, height = _COLUMNS * _WIDTH, lines * _HEIGHT + _LEGEND
    least = _least(point for _, found in panels for point in found)
    body = [*_legend(), *(line for place, panel in enumerate(panels) for line in _panel(place, *panel, least))]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="Readiness score against retained accuracy, by set">\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect class="paper" width="{width}" height="{height}" fill="#fcfcfb"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _least(found: Iterable[Point]) -> int:
    """Where the axes begin: a multiple of 25 below all points."""
    lowest = min((min(point.score, 100 * point.retained) for point in found), default=0.0)
    return max(0, int(lowest // 25) * 25)


def _legend() -> Iterator[str]:
    entries = (("none", "unspoiled"), ("one", "spoiled in one way"), ("pair", "spoiled in two ways"))
    for place, (kind, words) in enumerate(entries):
        x = _LEFT + 150 * place
        yield _mark(kind, x, 16, words)
        yield f'<text x="{x + 10}" y="20">{words}</text>'


def _panel(place: int, title: str, found: Sequence[Point], least: int) -> Iterator[str]:
    left, top = place % _COLUMNS * _WIDTH + _LEFT, place // _COLUMNS * _HEIGHT + _TOP + _LEGEND
    wide, high = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
    yield f'<text class="title" x="{left}" y="{top - 12}">{escape(title)}</text>'

    def at(score: float, kept: float) -> tuple[float, float]:
        """Where percentages lie."""
        across, up = ((value - least) / (100 - least) for value in (score, min(100.0, kept)))
        return left + wide * across, top + high * (1 - up)

    for step in range(least, 101, 25 if least < 50 else 10):
        x, y = at(step, step)
        line = "axis" if step == least else "grid"
        yield f'<path class="{line}" d="M{left} {y:.1f}h{wide}M{x:.1f} {top}v{high}"/>'
        yield f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{step}%</text>'
        yield f'<text x="{x:.1f}" y="{top + high + 15}" text-anchor="middle">{step}</text>'
    yield f'<text x="{left + wide / 2}" y="{top + high + 31}" text-anchor="middle">score; upward: accuracy kept</text>'
    for point in sorted(found, key=lambda point: not point.parts):
        kind = "none" if not point.parts else "pair" if len(point.parts) > 1 else "one"
        x, y = at(point.score, 100 * point.retained)
        words = f"{point.name}: score {point.score:.1f} ({point.grade}), accuracy {point.accuracy:.1%}"
        yield _mark(kind, x, y, words)


def _mark(kind: str, x: float, y: float, words: str) -> str:
    """Shape and colour both tell the kind: a circle, a square or a diamond."""
    inside = f"<title>{escape(words)}</title>"
    if kind == "one":
        return f'<circle class="dot one" cx="{x:.1f}" cy="{y:.1f}" r="4.5">{inside}</circle>'
    turned = f' transform="rotate(45 {x:.1f} {y:.1f})"' if kind == "none" else ""
    return f'<rect class="dot {kind}" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"{turned}>{inside}</rect>'
