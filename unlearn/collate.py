"""Examples side by side: text padded on the left, pictures one after the other.

On the left, so that all answers end at the last position: the model's head is then run on the last few positions only,
never on the hundreds of positions that hold a picture.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from .encode import IGNORED, Encoded

Batch = dict[str, Any]


def collate(encoded: Sequence[Encoded], pad_id: int) -> Batch:
    """One batch, as the model takes it, with `labels`."""
    width = max(len(one.text["input_ids"]) for one in encoded)
    fills = {"input_ids": pad_id, "labels": IGNORED}
    batch: Batch = {}
    for key in dict.fromkeys(key for one in encoded for key in one.text):
        columns = [one.text.get(key, torch.zeros_like(one.text["input_ids"])) for one in encoded]
        batch[key] = torch.stack([_pad_left(column, width, fills.get(key, 0)) for column in columns])
    lengths = torch.tensor([len(one.text["input_ids"]) for one in encoded])
    batch["attention_mask"] = (torch.arange(width) >= (width - lengths)[:, None]).long()  # (B, T)
    pictures = [one.picture for one in encoded if one.picture]
    for key in pictures[0] if pictures else ():
        batch[key] = join([torch.as_tensor(picture[key]) for picture in pictures])
    extras = [one.extra for one in encoded if one.extra]
    for key in extras[0] if extras else ():
        batch[key] = join([extra[key] for extra in extras])  # (B, …)
    return batch


def join(parts: Sequence[Tensor]) -> Tensor:
    """Tensors after one another along the first dimension; smaller ones get zeros at the end of the others.

    Zeros are what all families pad patches, tiles and pixel masks with.
    """
    shape = [max(sizes) for sizes in zip(*(part.shape[1:] for part in parts), strict=True)]
    return torch.cat([_grow(part, shape) for part in parts])


def _grow(part: Tensor, shape: Sequence[int]) -> Tensor:
    if list(part.shape[1:]) == list(shape):
        return part
    grown = part.new_zeros(len(part), *shape)
    grown[tuple(slice(size) for size in part.shape)] = part
    return grown


def _pad_left(values: Tensor, width: int, fill: int) -> Tensor:
    return torch.cat([values.new_full((width - len(values),), fill), values])
