"""The default engine: all questions about a picture in one row, every token and every picture read once.

Each row is a `Trie`. One forward gives the likelihood of every candidate of every question in it; from its cache the
open questions go on greedily, all at once. Where the model says what a candidate says, its words are read off.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from ...unlearn.chat import Chat
from . import Ask, Heard, Reply
from .decode import Begun, greedy, stop_ids
from .read import Known, heard, positions_of, read
from .rows import FORWARD, Placed, Row, batches, pack
from .texts import Texts


class Packed:
    """See the module."""

    name = "packed"

    def __init__(self, model: Any, chat: Chat):
        """`model`: on its device, in eval mode."""
        self.model = model
        self.texts = Texts(chat)
        self.stops = stop_ids(model, chat)
        self.forward = FORWARD.get(model.device.type, FORWARD["cuda"])

    @torch.inference_mode()
    def __call__(self, asks: Sequence[Ask]) -> list[Reply]:
        """The replies, in the order of `asks`; all have a picture, or none has."""
        found: dict[int, tuple[Heard, ...]] = {}
        begun: list[Begun] = []
        for rows, placed in batches(*pack(asks, self.texts), self.forward):
            positions = positions_of(self.model, rows)
            open_asks = [place for place in placed if asks[place.ask].tokens]
            pad = self.texts.chat.tokenizer.pad_token_id or 0  # it is never looked at
            known, cache = read(self.model, rows, placed, positions, pad, bool(open_asks))
            found |= zip((place.ask for place in placed), heard(placed, known), strict=True)
            begun += [self._begun(place, rows, positions, known, cache, asks[place.ask].tokens) for place in open_asks]
        written = zip(begun, greedy(self.model, begun, self.stops), strict=True)
        words = {one.ask: self._text(ids) for one, ids in written}
        return [Reply(found[k], words.get(k, "")) for k in range(len(asks))]

    def _text(self, ids: list[int]) -> str:
        return self.texts.chat.tokenizer.decode(ids, skip_special_tokens=True).strip()

    def _begun(
        self, place: Placed, rows: Sequence[Row], positions: Tensor, known: Known, cache: Any, limit: int
    ) -> Begun:
        """An answer's beginning: as far as the model says what a candidate says, the forward has read its words."""
        path, written = list(place.prompt), []
        trie = rows[place.row].trie
        while True:
            token = known.first[known.number[place.row, path[-1]]]
            child = trie.child(path[-1], token)
            if token in self.stops or len(written) == limit or (place.row, child) not in known.number:
                position = int(positions[..., place.row, path[-1]].max()) + 1
                return Begun(place.ask, cache, place.row, path, written, token, position, limit)
            assert child is not None
            path.append(child)
            written.append(token)
