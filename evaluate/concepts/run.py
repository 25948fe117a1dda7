"""One evaluation of concepts, from a model's name to a folder with every answer."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ...errors import UsageError
from ...unlearn.release import Source
from ..engine.load import Dtype, EngineName
from ..records import RECORDS, RUN, SUMMARY
from .items import Asked, Item, load
from .records import line, read_records, write_records
from .score import ask, record


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be evaluated, and how."""

    source: Source
    """The release of concepts."""
    concepts: str
    """Which were, or are to be, forgotten: `1-5`, `K001,K007`."""
    model: str
    """Folder or Hub id."""
    out: Path
    """Folder to write."""
    engine: EngineName = "hf"
    dtype: Dtype = "auto"
    batch: int | None = None
    """Questions at a time; None: found out."""
    label: str | None = None
    """What tables call it; None: the method that made it."""
    quiet: bool = False


def evaluate(request: Request) -> Path:
    """Ask, score, record. What is on record already is not asked again; what is finished is not begun.

    Returns:
        The folder.

    Raises:
        UsageError: There is no such model, release or concept; the folder holds another evaluation; or the model was
            to forget other concepts.
    """
    from ...unlearn import run_record
    from ...unlearn.models import identity
    from .summary import summarise

    wanted = {
        "model": request.model, "data": request.source.data, "revision": request.source.revision,
        "concepts": request.concepts, "engine": request.engine, "dtype": request.dtype, "kind": "concepts",
        "weights": identity(request.model), "release": run_record.made(request.source.data),
    }  # fmt: skip
    if run_record.is_done(request.out, wanted):
        _relabel(request)
        return request.out
    began = time.perf_counter()
    asked = load(request.source, request.concepts)
    _check_concepts(request, asked)
    how = _ask_all(request, asked.items)
    records = read_records(request.out / RECORDS)
    write_records(request.out / RECORDS, records)
    records = read_records(request.out / RECORDS)
    run_record.write_json(request.out / SUMMARY, summarise(records))
    how |= {"seconds": round(time.perf_counter() - began, 1), "questions": len(records)}
    run_record.write_json(request.out / RUN, _run(request, asked, wanted, how))
    (request.out / run_record.REQUEST).unlink(missing_ok=True)
    return request.out


def _check_concepts(request: Request, asked: Asked) -> None:
    from ...unlearn.run_record import read_record

    forgot = (read_record(request.model) or {}).get("request", {}).get("concepts")
    if forgot is not None and {*forgot} != {*asked.forgotten}:
        raise UsageError(f"{request.model} was to forget {','.join(forgot)}: give these as --concepts.")


def _relabel(request: Request) -> None:
    from ...unlearn.run_record import write_json

    path = request.out / RUN
    if request.label:
        write_json(path, json.loads(path.read_text(encoding="utf-8")) | {"label": request.label})


def _ask_all(request: Request, items: Sequence[Item]) -> dict[str, Any]:
    """Every item that is not on record yet, each record written as it is made."""
    from ...unlearn.chat import Chat
    from ...unlearn.models import load_processor, system_prompt
    from ..engine.chunks import ChunkSize, answers
    from ..engine.load import open_engine
    from ..progress import bar

    known = {one.key for one in read_records(request.out / RECORDS)}
    missing = [one for one in items if one.key not in known]
    asks = [ask(one) for one in missing]
    sample = [*[one for one in asks if one.picture][:2], *[one for one in asks if not one.picture][:2]]
    opened = open_engine(request.model, None, request.engine, request.dtype, sample)
    chat = Chat(load_processor(request.model), system_prompt(request.model))
    size = ChunkSize(request.batch)
    with _appending(request.out / RECORDS) as file, bar(len(items), len(known), request.quiet) as progress:
        for chunk in answers(opened.engine, asks, size):
            file.writelines(line(record(missing[k], reply, chat)) for k, reply in chunk)
            file.flush()
            progress.update(len(chunk))
    return {"engine": opened.engine.name, "dtype": opened.dtype, "device": opened.device, "batch": size.now}


def _appending(path: Path) -> IO[str]:
    """The file, without a last line that a kill cut off."""
    write_records(path, read_records(path))
    return path.open("a", encoding="utf-8")


def _run(request: Request, asked: Asked, wanted: dict[str, Any], how: dict[str, Any]) -> dict[str, Any]:
    from ...unlearn import run_record

    own = run_record.read_record(request.model) or {}
    job = own.get("request", {})
    method = str(job.get("method") or {"finetune": "original"}.get(job.get("job"), "base"))
    return {
        "label": request.label or method,
        "original": method == "original",
        "seed": job.get("settings", {}).get("seed", 0),
        "concepts": asked.forgotten,
        **how,
        "model_request": job,
        "versions": run_record.versions(),
        "request": wanted,
    }
