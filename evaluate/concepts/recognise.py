"""What a model calls every picture of a release: the file that `mllmu-build concepts --filter` takes."""

from pathlib import Path
from typing import Any

from ...schemas.concepts import NAME_QUESTION
from ...unlearn.release import Source, rows
from ...wording import says
from ..engine import Ask
from ..engine.load import Dtype, EngineName
from .score import LONGEST

CONFIGS = ("concept_train", "concept_test")


def recognise(
    source: Source, model: str, engine: EngineName = "hf", dtype: Dtype = "auto", batch: int | None = None,
    quiet: bool = False,
) -> tuple[dict[str, Any], list[str]]:  # fmt: skip
    """Ask a model for the name of every training and test picture.

    Returns:
        What the file holds, `{"model": …, "answers": {"K001/000": "This is …", …}}`, and the ids of the concepts
        that were named in all of their pictures.
    """
    from ..engine.chunks import ChunkSize, answers
    from ..engine.load import open_engine
    from ..progress import bar

    pictures = [row for config in CONFIGS for row in rows(source, config)]
    asks = [
        Ask(NAME_QUESTION, ("concept", row["ID"], row["number"]), row["image"]["bytes"], (), True, LONGEST)
        for row in pictures
    ]
    opened = open_engine(model, None, engine, dtype, asks[:2])
    said: dict[str, str] = {}
    missed: set[str] = set()
    with bar(len(asks), 0, quiet) as progress:
        for chunk in answers(opened.engine, asks, ChunkSize(batch)):
            for k, reply in chunk:
                row = pictures[k]
                said[f"{row['ID']}/{row['number']:03d}"] = reply.text
                if not says(reply.text, row["name"]):
                    missed.add(row["ID"])
            progress.update(len(chunk))
    named = [ident for ident in dict.fromkeys(row["ID"] for row in pictures) if ident not in missed]
    name = "/".join(Path(model).parts[-2:]) if Path(model).exists() else model
    return {"model": name, "answers": dict(sorted(said.items()))}, named
