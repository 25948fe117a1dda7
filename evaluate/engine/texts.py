"""Prompts and candidates as tokens, the picture's placeholders expanded by the model's own processor, once a picture.

Shapes: T tokens of one prompt.
"""

from collections import OrderedDict
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from ...errors import MllmuError
from ...unlearn.chat import Chat
from . import Ask

if TYPE_CHECKING:
    from torch import Tensor

KEPT = 64
"""Pictures kept as tensors: a picture's questions follow one another."""


class Tokens(NamedTuple):
    """One `Ask` as tokens."""

    prompt: list[int]
    """Up to where the answer begins."""
    candidates: list[list[int]]
    """What follows the prompt."""

    @property
    def size(self) -> int:
        """Tokens that a model reads, at most: nothing is asked of a candidate's last one."""
        return len(self.prompt) + sum(len(one) - 1 for one in self.candidates)


class Seen(NamedTuple):
    """A picture as the processor gives it."""

    inputs: "dict[str, Tensor]"
    """Pixels, grids, masks: for one picture."""
    head: tuple[int, ...]
    """Tokens up to and with the placeholder, before it is expanded."""
    expanded: list[int]
    """The same, expanded."""
    kinds: list[int]
    """What the processor calls each of those (0 text, 1 picture), where it does; else all 0."""


class Texts:
    """A processor's way of writing asks."""

    def __init__(self, chat: Chat):
        self.chat = chat
        self._pictures: OrderedDict[tuple[str, str, int], Seen] = OrderedDict()

    def tokens(self, asks: Sequence[Ask]) -> list[Tokens]:
        """All asks, placeholders expanded.

        Raises:
            MllmuError: The tokenizer merges the end of a prompt with an answer: no likelihood would be right.
        """
        return [
            one if ask.data is None else _expanded(one, self.picture(ask))
            for ask, one in zip(asks, self.unexpanded(asks), strict=True)
        ]

    def unexpanded(self, asks: Sequence[Ask]) -> list[Tokens]:
        """All asks at once, a picture one token each: a tokenizer is much faster with many texts than with one.

        Raises:
            MllmuError: As `tokens`.
        """
        prompts = [self.chat.prompt(ask.prompt, ask.data is not None) for ask in asks]
        wholes = [
            prompt + self._answer(ask, one) for ask, prompt in zip(asks, prompts, strict=True) for one in ask.candidates
        ]
        ids = self._ids([*prompts, *wholes])
        after = iter(ids[len(prompts) :])
        return [
            Tokens(before, [_rest(before, next(after), prompt) for _ in ask.candidates])
            for ask, prompt, before in zip(asks, prompts, ids, strict=False)
        ]

    def picture(self, ask: Ask) -> Seen:
        """The ask's picture, run through the processor once."""
        assert ask.picture is not None
        if ask.picture not in self._pictures:
            self._pictures[ask.picture] = self._see(ask)
            if len(self._pictures) > KEPT:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(ask.picture)
        return self._pictures[ask.picture]

    def _see(self, ask: Ask) -> Seen:
        from PIL import Image

        prompt = self.chat.prompt(ask.prompt, True)
        assert ask.data is not None
        with Image.open(BytesIO(ask.data)) as opened:
            image = opened.convert("RGB")
        special = self._special(prompt)
        inputs = dict(
            self.chat.processor(text=[prompt], images=[image], add_special_tokens=special, return_tensors="pt")
        )
        ids = inputs.pop("input_ids")[0].tolist()
        kinds = inputs.pop("mm_token_type_ids")[0].tolist() if "mm_token_type_ids" in inputs else [0] * len(ids)
        inputs.pop("attention_mask", None)
        short = self._ids([prompt])[0]
        placeholder = self.chat.tokenizer.convert_tokens_to_ids(self.chat.processor.image_token)
        after = len(short) - 1 - short[::-1].index(placeholder)  # its place
        rest = len(short) - after - 1
        end = len(ids) - rest
        if ids[end:] != short[after + 1 :]:
            raise MllmuError("the processor changes the text after a picture; likelihoods would be of something else.")
        return Seen(inputs, tuple(short[: after + 1]), ids[:end], kinds[:end])

    def _answer(self, ask: Ask, candidate: str) -> str:
        return self.chat.answer(candidate) if ask.ended else self.chat.answer(candidate).removesuffix(self.chat.stop)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        special = self._special(texts[0])
        return self.chat.tokenizer(list(texts), add_special_tokens=special)["input_ids"]

    def _special(self, text: str) -> bool:
        """Whether the template leaves the first token to the tokenizer."""
        bos = self.chat.tokenizer.bos_token
        return not (bos and text.startswith(bos))


def _rest(prompt: list[int], whole: list[int], words: str) -> list[int]:
    if whole[: len(prompt)] != prompt or len(whole) == len(prompt):
        raise MllmuError(f"the tokenizer merges prompt and answer at {words[-60:]!r}; likelihoods would be wrong.")
    return whole[len(prompt) :]


def _expanded(tokens: Tokens, seen: Seen) -> Tokens:
    size = len(seen.head)
    if tuple(tokens.prompt[:size]) != seen.head:
        raise MllmuError("questions about one picture begin differently; is the chat template one of a kind?")
    return Tokens(seen.expanded + tokens.prompt[size:], tokens.candidates)
