"""The slow engine: every candidate a row of its own, `generate` for answers. Right for whatever transformers can run.

`packed` is held against it, here at the start of an evaluation and in the tests.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import torch

from ...unlearn.chat import Chat
from ...unlearn.collate import collate
from ...unlearn.data import Example
from ...unlearn.encode import IGNORED, Encoded, Encoder
from ...unlearn.step import answers
from . import Ask, Heard, Reply
from .decode import stop_ids


class Plain:
    """See the module."""

    name = "plain"

    def __init__(self, model: Any, chat: Chat):
        """`model`: on its device, in eval mode."""
        self.model = model
        self.chat = chat
        self.encoder = Encoder(chat.processor, chat.system)
        self.stops = stop_ids(model, chat)
        pad = chat.tokenizer.pad_token_id
        self.pad = chat.stop_id if pad is None else pad

    @torch.inference_mode()
    def __call__(self, asks: Sequence[Ask]) -> list[Reply]:
        """The replies, in the order of `asks`; all have a picture, or none has."""
        heard = self._heard([(ask, candidate) for ask in asks for candidate in ask.candidates])
        words = iter(self._words([ask for ask in asks if ask.tokens]))
        return [Reply(tuple(next(heard) for _ in ask.candidates), next(words) if ask.tokens else "") for ask in asks]

    def _heard(self, pairs: list[tuple[Ask, str]]) -> Iterator[Heard]:
        if not pairs:
            return
        batch = self._batch([self.encoder(_example(ask, candidate)) for ask, candidate in pairs])
        said = answers(self.model, batch)
        logps = said.logits.log_softmax(-1).gather(-1, said.targets[:, None])[:, 0]  # (N,)
        hits = said.logits.argmax(-1) == said.targets
        sizes = said.mask.sum(-1).tolist()
        for (ask, _), logp, hit in zip(pairs, logps.split(sizes), hits.split(sizes), strict=True):
            size = len(logp) if ask.ended else len(logp) - 1
            yield Heard(logp[:size].tolist(), hit[:size].tolist())

    def _words(self, asks: list[Ask]) -> list[str]:
        if not asks:
            return []
        from transformers import GenerationConfig

        batch = self._batch([self._prompt(ask) for ask in asks])
        width = batch["input_ids"].shape[1]
        config = GenerationConfig(
            max_new_tokens=max(ask.tokens for ask in asks), do_sample=False, eos_token_id=sorted(self.stops),
            pad_token_id=self.pad,
        )  # fmt: skip
        published, self.model.generation_config = self.model.generation_config, GenerationConfig()
        try:  # greedy it is, without the penalties that a model was published with
            written = self.model.generate(**batch, generation_config=config)[:, width:].tolist()
        finally:
            self.model.generation_config = published
        cut = [_before_stop(ids[: ask.tokens], self.stops) for ask, ids in zip(asks, written, strict=True)]
        return [text.strip() for text in self.chat.tokenizer.batch_decode(cut, skip_special_tokens=True)]

    def _prompt(self, ask: Ask) -> Encoded:
        """The ask without an answer: what stands before the labels of one."""
        text, picture, _ = self.encoder(_example(ask, "."))
        size = int((text["labels"] == IGNORED).sum())
        return Encoded({key: value[:size] for key, value in text.items() if key != "labels"}, picture)

    def _batch(self, encoded: list[Encoded]) -> dict[str, Any]:
        batch = collate(encoded, self.pad)
        kind = self.model.dtype
        return {k: v.to(self.model.device, kind if v.is_floating_point() else None) for k, v in batch.items()}


def _example(ask: Ask, answer: str) -> Example:
    picture = None if ask.picture is None else "/".join(map(str, ask.picture))
    return Example(f"{picture}\0{ask.prompt}\0{answer}", ask.prompt, answer, picture, ask.data)


def _before_stop(ids: list[int], stops: set[int]) -> list[int]:
    return next((ids[:k] for k, token in enumerate(ids) if token in stops), ids)
