"""An example as tensors: pictures expanded by the model's own processor, labels on the answer and its end alone.

Shapes: T tokens of one example, unpadded. Everything that is not text (pixels, grids, masks) is kept as the processor
returns it for one picture.
"""

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import MllmuError
from .chat import Chat
from .data import Example

if TYPE_CHECKING:
    from torch import Tensor

IGNORED = -100
"""Label of a token that no loss sees; PyTorch's own convention."""

TEXT_KEYS = ("input_ids", "attention_mask", "token_type_ids", "mm_token_type_ids")
"""What a processor returns with one entry a token."""

PICTURE_BYTES = 1 << 30
"""Pixels kept for the next time their picture comes round."""


class Encoded(NamedTuple):
    """One example, as a model takes it."""

    text: "dict[str, Tensor]"
    """(T,) each: `input_ids`, `labels`, and what else the processor gives a token."""
    picture: "dict[str, Tensor]"
    """As the processor returns it for one picture; empty without one."""
    extra: "dict[str, Tensor] | None" = None
    """(1, …) each: what a method wants to know of the example, and no model takes."""

    @property
    def answer_tokens(self) -> int:
        """How many tokens a loss sees."""
        return int((self.text["labels"] != IGNORED).sum())


class Encoder:
    """Turns examples into tensors, each once."""

    def __init__(self, processor: Any, system: str | None = None, prompt_loss: bool = False):
        """`prompt_loss` puts labels on the question too, as the published scripts do."""
        self.chat = Chat(processor, system)
        self.prompt_loss = prompt_loss
        self._texts: dict[Example, dict[str, Tensor]] = {}
        self._pictures: OrderedDict[bytes, dict[str, Tensor]] = OrderedDict()
        self._held = 0

    def __call__(self, example: Example) -> Encoded:
        """The example as tensors.

        Raises:
            MllmuError: The tokenizer merges the end of the prompt with the answer: no mask would be right.
        """
        text = self._texts.get(example)
        picture = self._pictures.get(example.data) if example.data else {}
        if text is None or picture is None:
            text, picture = self._encode(example)
            self._texts[example] = text
            if example.data:
                self._keep(example.data, picture)
        return Encoded(text, picture)

    def length(self, example: Example) -> int:
        """Tokens, the picture's included."""
        return len(self(example).text["input_ids"])

    def _encode(self, example: Example) -> "tuple[dict[str, Tensor], dict[str, Tensor]]":
        prompt = self.chat.prompt(example.question, example.picture is not None)
        whole = prompt + self.chat.answer(example.answer)
        image = example.image()
        special = not _begins_with(whole, self.chat.tokenizer.bos_token)
        inputs = dict(
            self.chat.processor(
                text=[whole], images=None if image is None else [image], add_special_tokens=special, return_tensors="pt"
            )
        )
        text = {key: inputs.pop(key)[0] for key in TEXT_KEYS if key in inputs}
        text.pop("attention_mask")  # all ones before padding
        text["labels"] = self._labels(text["input_ids"], prompt, whole, special)
        return text, inputs

    def _labels(self, ids: "Tensor", prompt: str, whole: str, special: bool) -> "Tensor":
        """The ids where a loss may look, IGNORED elsewhere. A picture is one token in `prompt`, many in `ids`."""
        tokenizer = self.chat.tokenizer
        before = tokenizer(prompt, add_special_tokens=special)["input_ids"]
        after = tokenizer(whole, add_special_tokens=special)["input_ids"]
        answer = after[len(before) :]
        if after[: len(before)] != before or ids[len(ids) - len(answer) :].tolist() != answer:
            raise MllmuError(f"the tokenizer merges prompt and answer at {whole[-60:]!r}; labels would be wrong.")
        labels = ids.clone()
        if not self.prompt_loss:
            labels[: len(ids) - len(answer)] = IGNORED
            return labels
        placeholders = {tokenizer.convert_tokens_to_ids(token) for token in _picture_tokens(self.chat.processor)}
        labels[0] = IGNORED  # nothing predicts the first token
        for token in placeholders:
            labels[ids == token] = IGNORED  # a placeholder is no word: no model can be asked to predict it
        return labels

    def _keep(self, data: bytes, picture: "dict[str, Tensor]") -> None:
        if data in self._pictures:
            return
        self._pictures[data] = picture
        self._held += _size(picture)
        while self._held > PICTURE_BYTES and len(self._pictures) > 1:
            self._held -= _size(self._pictures.popitem(last=False)[1])


def _begins_with(text: str, token: str | None) -> bool:
    return bool(token) and text.startswith(str(token))


def _picture_tokens(processor: Any) -> list[str]:
    return [token for token in (getattr(processor, "image_token", None),) if token]


def _size(tensors: "dict[str, Tensor]") -> int:
    return sum(tensor.numel() * tensor.element_size() for tensor in tensors.values() if hasattr(tensor, "numel"))
