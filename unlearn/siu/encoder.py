"""Targets as tensors: what every example has, and SIU's two masks."""

from typing import TYPE_CHECKING, Any

import torch

from ...errors import MllmuError
from ..data import Example
from ..encode import IGNORED, Encoded, Encoder
from ..step import EXPANDED, NAME_TOKENS, SPECIFIED
from .spans import name_tokens, pieces
from .targets import Target

if TYPE_CHECKING:
    from torch import Tensor


class TargetEncoder(Encoder):
    """Adds to a batch, T tokens and V vocabulary:

    `specified` (B, T): True on tokens that contradict the original model; K_S is 0 there.
    `name_tokens` (B, V): True on tokens of the concept's name; K_V is 0 there.
    `expanded` (B, 1): how many tokens the picture has beyond one; the released objective needs it.
    """

    def __init__(self, processor: Any, prompt_loss: bool = False):
        super().__init__(processor, prompt_loss=prompt_loss)
        self._names: dict[str, Tensor] = {}
        self._specified: dict[Target, Tensor] = {}

    def __call__(self, example: Example) -> Encoded:
        """The example as tensors."""
        made = super().__call__(example)
        assert isinstance(example, Target)
        if example not in self._specified:
            self._specified[example] = self._mask(example, made)
        text = {**made.text, SPECIFIED: self._specified[example]}
        extra = {NAME_TOKENS: self._name(example.name), EXPANDED: self._expanded(text["input_ids"])}
        return Encoded(text, made.picture, extra)

    def _mask(self, target: Target, made: Encoded) -> "Tensor":
        """(T,) True where a token of the answer overlaps the span."""
        found = pieces(self.chat, target.question, target.picture is not None, target.answer)
        labels = made.text["labels"]
        if [piece.id for piece in found] != labels[labels != IGNORED].tolist():
            raise MllmuError(f"the tokenizer does not say where {target.answer!r} stands; no mask is right.")
        mask = torch.zeros(len(labels), dtype=torch.bool)
        mask[len(mask) - len(found) :] = torch.tensor([piece.overlaps(*target.span) for piece in found])
        return mask

    def _expanded(self, ids: "Tensor") -> "Tensor":
        """(1, 1)"""
        placeholder = self.chat.tokenizer.convert_tokens_to_ids(self.chat.processor.image_token)
        return ((ids == placeholder).sum() - 1).clamp_min(0).reshape(1, 1)

    def _name(self, name: str) -> "Tensor":
        """(1, V)"""
        if name not in self._names:
            tokenizer = self.chat.tokenizer
            mask = torch.zeros(1, len(tokenizer), dtype=torch.bool)
            mask[0, name_tokens(tokenizer, name)] = True
            self._names[name] = mask
        return self._names[name]
