"""`--engine vllm`: the same questions through vLLM, for large models. Imported only when asked for.

Likelihoods are vLLM's prompt log-probabilities, words its greedy samples. Nothing here depends on our own engines, so
scores differ from theirs by what number formats and kernels do.
"""

import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from io import BytesIO
from typing import Any

from ...errors import MllmuError
from ...unlearn.chat import Chat
from ...unlearn.models import adapter_base, prompted_base
from . import Ask, Heard, Reply
from .texts import Texts, Tokens


class Vllm:
    """See the module."""

    name = "vllm"

    def __init__(self, model: str, adapter: str | None, chat: Chat, dtype: str):
        """Loads the model; adapters are merged into a copy of the weights first.

        Raises:
            MllmuError: vLLM is not installed.
        """
        try:
            vllm: Any = import_module("vllm")
        except ImportError as error:
            raise MllmuError("vLLM is not installed: `pip install vllm`, or leave out --engine vllm.") from error
        self._sampling = vllm.SamplingParams
        self.chat = chat
        self.texts = Texts(chat)
        self._merged: Any = None
        if adapter or adapter_base(model) or prompted_base(model):
            model = self._merge(model, adapter, dtype)
        self.llm = vllm.LLM(model=model, dtype=dtype, seed=0, limit_mm_per_prompt={"image": 1})

    def __call__(self, asks: Sequence[Ask]) -> list[Reply]:
        """The replies, in the order of `asks`."""
        tokens = self.texts.unexpanded(asks)
        heard = self._heard(asks, tokens)
        words = iter(self._words(asks, tokens))
        return [Reply(tuple(next(heard) for _ in ask.candidates), next(words) if ask.tokens else "") for ask in asks]

    def _heard(self, asks: Sequence[Ask], tokens: list[Tokens]) -> Iterator[Heard]:
        pairs = [(ask, one.prompt, c) for ask, one in zip(asks, tokens, strict=True) for c in one.candidates]
        if not pairs:
            return
        prompts = [_prompt(ask, prompt + candidate) for ask, prompt, candidate in pairs]
        wanted = self._sampling(max_tokens=1, temperature=0.0, prompt_logprobs=1)
        for (_, _, candidate), out in zip(pairs, self.llm.generate(prompts, wanted, use_tqdm=False), strict=True):
            last = out.prompt_logprobs[-len(candidate) :]
            cells = [cell[token] for cell, token in zip(last, candidate, strict=True)]
            yield Heard([cell.logprob for cell in cells], [cell.rank == 1 for cell in cells])

    def _words(self, asks: Sequence[Ask], tokens: list[Tokens]) -> list[str]:
        asked = [(ask, one.prompt) for ask, one in zip(asks, tokens, strict=True) if ask.tokens]
        if not asked:
            return []
        stops = [self.chat.stop_id]  # besides the model's own
        how = [self._sampling(max_tokens=ask.tokens, temperature=0.0, stop_token_ids=stops) for ask, _ in asked]
        outs = self.llm.generate([_prompt(ask, prompt) for ask, prompt in asked], how, use_tqdm=False)
        return [out.outputs[0].text.strip() for out in outs]

    def _merge(self, model: str, adapter: str | None, dtype: str) -> str:
        from .load import load

        self._merged = tempfile.TemporaryDirectory(prefix="mllmu-merged-")
        load(model, adapter, dtype, "cpu").save_pretrained(self._merged.name)  # type: ignore[arg-type]
        self.chat.processor.save_pretrained(self._merged.name)
        return self._merged.name


def _prompt(ask: Ask, ids: list[int]) -> dict[str, Any]:
    """As vLLM takes it: it expands a picture's placeholder itself."""
    if ask.data is None:
        return {"prompt_token_ids": ids}
    from PIL import Image

    with Image.open(BytesIO(ask.data)) as opened:
        return {"prompt_token_ids": ids, "multi_modal_data": {"image": opened.convert("RGB")}}
