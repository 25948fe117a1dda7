"""Cuts what is asked into chunks that fit into memory."""

from collections.abc import Iterator, Sequence
from typing import Any

from ...errors import MllmuError
from . import Ask, Engine, Reply

START = 256
"""Questions at a time, where nobody says: more gain nothing."""


FULL = ("can't allocate memory", "not enough memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED")
"""How PyTorch words a full memory where it has no exception for it."""


class ChunkSize:
    """How many questions at a time; halved whenever memory runs out, and never raised again."""

    def __init__(self, asked: int | None):
        """`asked`: None leaves it to us."""
        self.now = asked or START

    def halve(self, error: BaseException) -> None:
        """Half as many from now on.

        Raises:
            MllmuError: A single question does not fit.
        """
        if self.now == 1:
            raise no_room() from error
        self.now //= 2


def answers(engine: Engine, asks: Sequence[Ask], size: ChunkSize) -> Iterator[list[tuple[int, Reply]]]:
    """Chunks of (place in `asks`, reply), in an order that suits the engine.

    Questions about one picture follow each other, so that it is read once; the others are sorted by length, so that
    chunks hold little padding. Every question is answered as if it were alone: the order changes no reply.
    """
    order = _ordered(asks)
    start = 0
    while start < len(order):
        chunk = _chunk(asks, order, start, size.now)
        try:
            replies = engine([asks[k] for k in chunk])
        except (MemoryError, RuntimeError) as error:
            if not out_of_memory(error):
                raise
            kept = error.with_traceback(None)  # its frames hold what filled the memory
            size.halve(kept)
            _free()
            continue
        yield [*zip(chunk, replies, strict=True)]
        start += len(chunk)


def out_of_memory(error: BaseException) -> bool:
    """Whether this is what a full memory looks like."""
    import torch

    return isinstance(error, MemoryError | torch.OutOfMemoryError) or any(words in str(error) for words in FULL)


def no_room() -> MllmuError:
    """Nothing smaller can be tried."""
    return MllmuError("out of memory with one question at a time: try --dtype bfloat16, or a larger GPU.")


def _ordered(asks: Sequence[Ask]) -> list[int]:
    """Pictures by how much is asked of them, then the questions without one by their length."""
    long = [len(ask.prompt) + sum(map(len, ask.candidates)) for ask in asks]
    of_picture: dict[tuple[str, str, int], int] = {}
    for ask, length in zip(asks, long, strict=True):
        if ask.picture is not None:
            of_picture[ask.picture] = of_picture.get(ask.picture, 0) + length

    def place(k: int) -> tuple[Any, ...]:
        picture = asks[k].picture
        return (0, of_picture[picture], picture) if picture is not None else (1, long[k])

    return sorted(range(len(asks)), key=place)


def _chunk(asks: Sequence[Ask], order: list[int], start: int, size: int) -> list[int]:
    """The next `size` questions: with a picture or without, never both, and no picture's cut in two where it fits."""
    first = asks[order[start]].picture
    part = order[start : start + size]
    part = [k for k in part if (asks[k].picture is None) == (first is None)]
    following = order[start + len(part) : start + len(part) + 1]
    if first is None or not following or asks[following[0]].picture != asks[part[-1]].picture:
        return part
    whole = [k for k in part if asks[k].picture != asks[part[-1]].picture]
    return whole or part


def _free() -> None:
    import gc

    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
