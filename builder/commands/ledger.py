"""`mllmu-build ledger`."""

import json
from pathlib import Path
from typing import Any

import click


@click.command("ledger", short_help="Show the calls of a build: totals, slow ones, rejected replies.")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("mllmu/bench"))
@click.option("--slow", default=5, show_default=True, type=click.IntRange(0), help="Slowest calls to list.")
@click.option("--rejected", default=5, show_default=True, type=click.IntRange(0), help="Rejected replies to list.")
@click.option("--slot", help="Print every call for this person, with the replies: 007.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
def command(folder: Path, slow: int, rejected: int, slot: str | None, as_json: bool) -> None:
    """Show what was asked of a model for the build in FOLDER (mllmu/bench), also while it is at work."""
    from ..llm.account import account_of, calls_of

    if slot:
        found = calls_of(folder, slot)
        click.echo(json.dumps(found) if as_json else "\n\n".join(map(_call, found)) or f"no calls for {slot}.")
        return
    account = account_of(folder, slow, rejected)
    if as_json:
        click.echo(json.dumps(account))
    else:
        click.echo("\n".join(_lines(account)))


_HEAD = (
    f"{'stage':<10} {'calls':>7} {'answered':>9} {'rejected':>9} {'resent':>7} {'tokens in':>11} {'out':>10} {'$':>9}"
)


def _lines(account: dict[str, Any]) -> list[str]:
    lines = [_HEAD, *(_sums(row) for row in (*account["stages"], {"stage": "all", **account["total"]}))]
    if account["unpriced"]:
        lines.append(f"{account['unpriced']:,} answers have no known price and are not in the sum.")
    if account["in_doubt"]:
        lines.append(
            f"{account['in_doubt']:,} calls are under way, or were when a run was killed, and may be charged for."
        )
    if account["doubt"]:
        lines.append(f"${account['doubt']:.4f} more may be charged for what nothing, or no count of tokens, came of.")
    lines += [f"batch {b['id'] or b['name']}: {b['status']}, {b['requests']:,} requests" for b in account["batches"]]
    if account["slow"]:
        lines += ["", "slowest", *(f"  {call['latency']:>7.1f} s  {_named(call)}" for call in account["slow"])]
    if account["rejected"]:
        rejected = account["rejected"]
        lines += ["", "rejected", *(f"  {_named(call)}: {' '.join(call['reasons'][:2])}" for call in rejected)]
    return lines


def _sums(row: dict[str, Any]) -> str:
    cost = "-" if row["cost"] is None else f"{row['cost']:.4f}"
    return (
        f"{row['stage']:<10} {row['calls']:>7,} {row['answered']:>9,} {row['rejected']:>9,} {row['resent']:>7,} "
        f"{row['tokens_in']:>11,} {row['tokens_out']:>10,} {cost:>9}"
    )


def _named(call: dict[str, Any]) -> str:
    return f"{call['slot']} {call['stage']} try {call['try']}"


def _call(call: dict[str, Any]) -> str:
    verdict = "not looked at" if call["reasons"] is None else ("; ".join(call["reasons"]) or "accepted")
    return f"{_named(call)}: {call['status']}, {verdict}\n{call['reply'] or call['error'] or ''}"
