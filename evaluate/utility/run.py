"""Asks a model another benchmark's questions: answers kept as they are made, scored when all are in.

OUT/utility/TASK.jsonl   the request, then an answer a line      OUT/utility/TASK.json   the score; written last
"""

import json
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NamedTuple

from ...errors import UsageError
from ...unlearn.models import identity
from ..judge.judge import Judge
from ..records import whole_lines

FOLDER = "utility"


class Request(NamedTuple):
    """What is to be asked of whom."""

    task: str
    """`mmmu` or `llava_bench`."""
    model: str
    out: Path
    data: str | None = None
    """A local copy, or another id on the Hub; None: the benchmark's own."""
    adapter: str | None = None
    batch: int | None = None
    dtype: str = "auto"

    def wanted(self, data: str) -> dict[str, Any]:
        """What must be the same for answers to be gone on with."""
        return {
            "task": self.task, "model": self.model, "adapter": self.adapter, "data": data, "dtype": self.dtype,
            "weights": [identity(path) for path in (self.model, self.adapter) if path],
        }  # fmt: skip


Answerer = Callable[[Sequence[Any]], Iterator[tuple[int, str]]]
"""Questions -> (place, answer), in any order."""


def run(request: Request, judge: Judge | None = None, answerer: Answerer | None = None) -> dict[str, Any]:
    """Ask what has no answer yet, then score.

    Args:
        request: What is to be asked.
        judge: Grades what no rule can.
        answerer: Who answers; None: the model, by our engine.

    Raises:
        UsageError: the answers on record are another model's, or there are no questions.
    """
    task = import_module(f".{request.task}", __package__)
    data = request.data or task.DATA
    asked = list(task.questions(data))
    if not asked:
        raise UsageError(f"{data} holds no questions for {request.task}.")
    path = request.out / FOLDER / f"{request.task}.jsonl"
    known = _known(path, request.wanted(data))
    left = [one for one in asked if one.id not in known]
    if left:
        with path.open("a", encoding="utf-8") as file:
            for k, answer in (answerer or _engine(request))(left):
                known[left[k].id] = answer
                _put(file, {"id": left[k].id, "answer": answer})
    scored = {"request": request.wanted(data), **task.score(asked, known, judge)}
    whole = path.with_suffix(".json")
    part = whole.with_name(whole.name + ".part")
    part.write_text(json.dumps(scored, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(whole)
    return scored


def _known(path: Path, wanted: dict[str, Any]) -> dict[str, str]:
    """Answers on record; begins the record if there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = whole_lines(path) if path.exists() else []
    if lines and json.loads(lines[0]) != wanted:
        held = lines[0].decode()
        raise UsageError(f"{path} holds the answers of another request: {held}. Choose another --out.")
    part = path.with_name(path.name + ".part")
    part.write_bytes(b"".join(line + b"\n" for line in lines or [json.dumps(wanted).encode()]))
    part.replace(path)
    answers = map(json.loads, lines[1:])
    return {one["id"]: one["answer"] for one in answers}


def _engine(request: Request) -> Answerer:
    """The model's answers, many questions at a time."""

    def answer(asked: Sequence[Any]) -> Iterator[tuple[int, str]]:
        from ..engine.chunks import ChunkSize, answers
        from ..engine.load import open_engine

        asks = [one.ask() for one in asked]
        opened = open_engine(request.model, request.adapter, "hf", request.dtype, asks[:3])  # type: ignore[arg-type]
        for chunk in answers(opened.engine, asks, ChunkSize(request.batch)):
            yield from ((k, asked[k].answer(reply)) for k, reply in chunk)

    return answer


def _put(file: IO[str], line: dict[str, str]) -> None:
    file.write(json.dumps(line, ensure_ascii=False) + "\n")
    file.flush()
