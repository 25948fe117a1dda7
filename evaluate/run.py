"""One evaluation, from a model's name to a folder with every answer, a summary and a record of how it was made."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..errors import UsageError
from ..unlearn.release import Source
from .describe import check_ratio, describe, record_of, rename
from .engine.load import Dtype, EngineName
from .questions import Question, celebrity_pictures, fingerprint, load
from .records import RUN, SETS, SUMMARY, Role, SetName, read_records

SAMPLE = 2
"""Questions of each kind on which engines are compared."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be evaluated, and how."""

    source: Source
    """The release."""
    ratio: int
    """Which forget set: 5, 10 or 15 %."""
    out: Path
    """Folder to write."""
    model: str | None = None
    """Folder or Hub id; None for chance alone."""
    adapter: str | None = None
    """An adapter on top of it."""
    sets: tuple[SetName, ...] = SETS
    people: int | None = None
    """Most people of the retain set, drawn by the seed; None: all."""
    seed: int = 0
    """Of that draw, and of the authors' example person."""
    choice: Literal["auto", "letter", "text"] = "auto"
    """How multiple choice is put; auto is text for the reference model, letter for others."""
    compat: bool = False
    """The authors' protocol."""
    pmi: bool = False
    """Ask multiple choice about nobody as well, for `accuracy_pmi`."""
    floor: Literal["chance", "blind"] | None = None
    """Not the model's score, but what guessing scores."""
    role: Role | None = None
    """What the model is in a study; None: what its own record says."""
    label: str | None = None
    """What tables call it; None: its method's or folder's name."""
    engine: EngineName = "hf"
    dtype: Dtype = "auto"
    batch: int | None = None
    """Questions at a time; None: found out."""
    quiet: bool = False


def evaluate(request: Request) -> Path:
    """Ask, score, record. What is on record already is not asked again; what is finished is not begun.

    Returns:
        The folder, with `records.jsonl`, `summary.json` and `run.json`.

    Raises:
        UsageError: There is no such model, release or config; the folder holds another evaluation; the model is about
            another forget set; or options contradict each other.
        MllmuError: A single question does not fit into memory.
    """
    from ..unlearn import run_record
    from .processes import Processes

    wanted = describe(request)
    check_ratio(request)
    processes = Processes()
    finished = (request.out / RUN).is_file()
    began = time.perf_counter()
    questions = [] if finished else load(request.source, request.sets, request.ratio, request.people, request.seed)
    if not questions and not finished:
        raise UsageError(f"{request.source.data}: no questions in {', '.join(request.sets)}.")
    if processes.first:
        run_record.is_done(request.out, wanted)  # refuses another evaluation's folder, and notes what is begun
    processes.wait()
    if finished:
        if processes.first:
            rename(request)
        return request.out
    how = _chance(request, questions) if request.floor == "chance" else _asked(request, wanted, questions, processes)
    processes.wait()
    if processes.first:
        if "celebrity" in request.sets:
            how["celebrity_pictures"] = celebrity_pictures(request.source)
        how |= {"seconds": round(time.perf_counter() - began, 1), "processes": processes.count}
        _finish(request, wanted, questions, how)
    processes.wait()
    return request.out


def _chance(request: Request, questions: Sequence[Question]) -> dict[str, Any]:
    from .floors import by_chance
    from .records import RECORDS, write_records

    write_records(request.out / RECORDS, by_chance(questions))
    return {"engine": "none"}


def _asked(request: Request, wanted: dict[str, Any], questions: Sequence[Question], processes: Any) -> dict[str, Any]:
    """The model's part; this process's share of it."""
    from .engine.chunks import ChunkSize, answers
    from .engine.load import open_engine
    from .floors import blindfolded
    from .progress import bar
    from .results import Keeper, done

    asked = [blindfolded(one) for one in questions] if request.floor == "blind" else questions
    protocol = _protocol(request, wanted, asked)
    known = done(request.out)
    mine = [one for one in processes.share(asked) if one.key not in known]
    asks = [protocol.ask(one) for one in mine]
    blind = [protocol.ask_blind(one) if request.pmi else None for one in mine]
    nobody: dict[Any, Any] = dict.fromkeys(ask for ask in blind if ask)  # the same for many people, asked once
    opened = open_engine(
        str(request.model), request.adapter, request.engine, request.dtype, _sample(asks), processes.device
    )
    size = ChunkSize(request.batch)
    total, begun = len(processes.share(asked)) + len(nobody), len(processes.share(asked)) - len(mine)
    with Keeper(request.out, processes.number) as keeper, bar(total, begun, request.quiet) as progress:
        for chunk in answers(opened.engine, of_nobody := [*nobody], size):
            nobody |= {of_nobody[k]: reply for k, reply in chunk}
            progress.update(len(chunk))
        for chunk in answers(opened.engine, asks, size):
            keeper.add([protocol.record(mine[k], reply, nobody.get(blind[k])) for k, reply in chunk])
            progress.update(len(chunk))
    return {"engine": opened.engine.name, "dtype": opened.dtype, "device": opened.device, "batch": size.now}


def _protocol(request: Request, wanted: dict[str, Any], questions: Sequence[Question]) -> Any:
    from .original import Original
    from .protocol import Protocol

    return Original(questions, request.seed) if request.compat else Protocol(wanted["choice"])


def _sample(asks: Sequence[Any]) -> list[Any]:
    """A few asks of each kind: with a picture and without, answered freely and not."""
    kinds: dict[tuple[bool, bool], list[Any]] = {}
    for ask in asks:
        kinds.setdefault((ask.picture is None, ask.tokens == 0), []).append(ask)
    return [ask for kind in kinds.values() for ask in kind[:SAMPLE]]


def _finish(request: Request, wanted: dict[str, Any], questions: Sequence[Question], how: dict[str, Any]) -> None:
    """Records in order, then their summary, then the proof that all is there."""
    from ..unlearn import run_record
    from .results import settle
    from .stats import summarise

    if request.floor == "chance":
        records = read_records(request.out / "records.jsonl")
    else:
        records = settle(request.out, [one.key for one in questions])
    run_record.write_json(request.out / SUMMARY, summarise(records))
    record = record_of(request, wanted, fingerprint(questions), len(records), how)
    run_record.write_json(request.out / RUN, record)
    (request.out / run_record.REQUEST).unlink(missing_ok=True)
