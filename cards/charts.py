"""Bar charts as inline SVG, coloured by the page's own style sheet: they follow its light and dark."""

import re
from html import escape

from .counts import Share

_WIDTH, _LINE, _LABEL = 340, 20, 150
_SHOWN = 8
_LETTERS = "ABCD"


def share_chart(share: Share) -> str:
    """How an attribute is spread: its most frequent values, and the rest in one bar."""
    bars = list(share.top if share.ordinal else share.top[:_SHOWN])
    if share.ordinal:
        bars.sort(key=lambda bar: int(re.sub(r"\D*(\d+).*", r"\1", bar[0])))
    rest = share.total - sum(count for _, count in bars)
    others = share.values - len(bars)
    note = f"{others:,} others share {rest / share.total:.0%}" if others else f"{share.values:,} values"
    return _bars(share.attribute, bars, share.total, note)


def letter_chart(letters: tuple[int, ...]) -> str:
    """How often each letter is the right answer; a quarter each is best."""
    return _bars("right letter", list(zip(_LETTERS, letters, strict=True)), sum(letters), "25 % each is best")


def _bars(title: str, bars: list[tuple[str, int]], total: int, note: str) -> str:
    longest = max((count for _, count in bars), default=1)
    height = _LINE * len(bars) + 4
    room = _WIDTH - _LABEL - 52
    lines = []
    for place, (label, count) in enumerate(bars):
        y = place * _LINE
        width = max(1.0, room * count / longest)
        lines.append(
            f'<text x="{_LABEL - 8}" y="{y + 14}" class="label" text-anchor="end">{escape(_short(label))}</text>'
            f'<rect x="{_LABEL}" y="{y + 3}" width="{width:.1f}" height="14" rx="3" class="bar"/>'
            f'<text x="{_LABEL + width + 6:.1f}" y="{y + 14}" class="value">{count / max(total, 1):.1%}</text>'
        )
    spoken = "; ".join(f"{label} {count}" for label, count in bars)
    return (
        f'<figure class="chart"><figcaption>{escape(title)} <small>{escape(note)}</small></figcaption>'
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(spoken)}">{"".join(lines)}</svg></figure>'
    )


def _short(label: str) -> str:
    return label if len(label) <= 23 else label[:22].rstrip() + "…"
