"""Compare the celebrity table with independent sources, fact by fact.

    python tools/check_celebrities.py            fetch the sources, compare, print; exit 3 if anything is unsettled
    python tools/check_celebrities.py --write    also write agreement.tsv, blocked_names.txt and the sources column

A disagreement is settled by a line in data/settled.tsv that says why the table keeps its value, or the table changes.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from celebrity_comparisons import compare
from celebrity_sources import WORDNET, Entry, fetch, read
from mllmu.builder.celebrities.names import DATA, fold
from mllmu.builder.celebrities.record import Record
from mllmu.builder.celebrities.table import OPTIONAL, REQUIRED, TABLE, read_records

WANTED = 120
"""People whom WordNet must know."""

_TITLES = {"sir", "dame", "saint", "st", "lady", "lord", "count", "baron", "baroness", "president", "mahatma", "queen"}


class Line(NamedTuple):
    """One fact compared with one source."""

    id: str
    name: str
    fact: str
    source: str
    ours: str
    theirs: str
    verdict: str
    reason: str


def bare(name: str) -> str:
    """The folded name without titles."""
    words = fold(name).split()
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    return " ".join(words)


def same_person(record: Record, entry: Entry) -> bool:
    """Whether the entry is about this person: the same name, or much the same and born in the same year."""
    ours, year = bare(record.facts.name), record.facts.date_of_birth.year
    apart = 0 if entry.year is None else abs(entry.year - year)
    for name in map(bare, entry.names):
        if name == ours and apart <= 12:
            return True
        words, own = name.split(), ours.split()
        if len(words) < 2 or len(own) < 2 or entry.year is None:
            continue
        if (words[0], words[-1]) == (own[0], own[-1]) and apart <= 1:
            return True
        if apart == 0 and (SequenceMatcher(None, name, ours).ratio() > 0.84):
            return True
    return False


def settled() -> dict[tuple[str, str, str], str]:
    """The reasons on record, by person, fact and source."""
    with (DATA / "settled.tsv").open(encoding="utf-8", newline="") as file:
        return {(row["id"], row["fact"], row["source"]): row["reason"] for row in csv.DictReader(file, delimiter="\t")}


def lines(records: Iterable[Record], entries: list[Entry]) -> Iterator[Line]:
    """Every comparison."""
    reasons = settled()
    for record in records:
        seen: set[tuple[str, str, str]] = set()
        for entry in entries:
            if not same_person(record, entry):
                continue
            for fact, ours, theirs, agrees in compare(record, entry):
                if (fact, entry.source, theirs) in seen:
                    continue
                seen.add((fact, entry.source, theirs))
                reason = "" if agrees else reasons.pop((record.id, fact, entry.source), "")
                verdict = "agrees" if agrees else "settled" if reason else "UNSETTLED"
                yield Line(record.id, record.facts.name, fact, entry.source, ours, theirs, verdict, reason)
    for (person, fact, source), reason in reasons.items():
        yield Line(person, "?", fact, source, "", "", "UNSETTLED", f"settles nothing: {reason}")


def write(found: list[Line], entries: list[Entry]) -> None:
    """The three files that ship."""
    with (DATA / "agreement.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(Line._fields)
        writer.writerows(found)
    names = {fold(name) for entry in entries for name in entry.names}
    full = sorted(name for name in names if " " in name)
    (DATA / "blocked_names.txt").write_text("\n".join(full) + "\n", encoding="utf-8")
    sources: dict[str, list[str]] = {}
    for line in found:
        if line.source not in sources.setdefault(line.id, []):
            sources[line.id].append(line.source)
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with TABLE.open("w", encoding="utf-8") as file:
        columns = (*REQUIRED, *OPTIONAL)
        print(*columns, sep="\t", file=file)
        for row in rows:
            row["sources"] = "; ".join(sources.get(row["id"], ()))
            print(*(row.get(column) or "" for column in columns), sep="\t", file=file)


def main() -> int:
    """Print the comparison; the exit code tells whether all is settled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, default=Path("celebrity-sources"), help="where to keep the downloads")
    parser.add_argument("--write", action="store_true", help="write the files that ship")
    options = parser.parse_args()
    fetch(options.sources)
    entries = read(options.sources)
    records = read_records(TABLE)
    found = list(lines(records, entries))
    for line in found:
        print(*line, sep="\t")
    if options.write:
        write(found, entries)
    known = {line.id for line in found if line.source == WORDNET}
    verdicts = Counter(line.verdict for line in found)
    facts = Counter((line.fact, line.verdict) for line in found)
    for (fact, verdict), count in sorted(facts.items()):
        print(f"{fact}: {count} {verdict}", file=sys.stderr)
    print(
        f"{len(records)} people: {len(known)} known to {WORDNET} ({WANTED} wanted), "
        f"{len({line.id for line in found})} to any source; "
        f"{len(found)} facts compared, {verdicts['agrees']} agree, {verdicts['settled']} settled, "
        f"{verdicts['UNSETTLED']} unsettled",
        file=sys.stderr,
    )
    return 3 if verdicts["UNSETTLED"] or len(known) < WANTED else 0


if __name__ == "__main__":
    sys.exit(main())
