"""Opens a model as an engine: the right number format, its adapters and system prompt, and the engine that fits it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ...unlearn.chat import Chat
from ...unlearn.models import load_model, load_processor, system_prompt
from . import Ask, Engine
from .chunks import no_room, out_of_memory

Dtype = Literal["auto", "float64", "float32", "bfloat16", "float16"]
EngineName = Literal["hf", "vllm"]

SMALL = 100_000_000
"""Up to so many parameters a model is asked in float64: then no score depends on what else is in the batch."""

TOLERANCE = {8: 1e-3, 4: 1e-2, 2: 0.3}
"""Bytes of a number -> how far two engines' mean log-probability of a token may be apart."""


SURE = 1e-2
"""Up to this tolerance, both engines must write the same words."""

PROBE = ("Yes.",)
"""What is heard of a question without candidates."""

WINDOW = 4096
"""Tokens: no picture's questions are longer. A cache of a shorter sliding window would drop some of them."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A model that can be asked."""

    engine: Engine
    device: str
    """`cpu` or `cuda`."""
    dtype: str


def open_engine(
    model: str, adapter: str | None, name: EngineName, dtype: Dtype, sample: Sequence[Ask], device: Any = None
) -> Opened:
    """Load a model.

    Args:
        model: Folder or Hub id; adapters and `prompting` runs are folders that name what they stand on.
        adapter: One more adapter on top.
        name: `hf`, or `vllm`.
        dtype: Number format; auto takes float64 for small models, else bfloat16 where the device is built for it.
        sample: A few asks, on which the fast engine is compared with the slow one.
        device: Where; None is the GPU, if there is one.

    Raises:
        UsageError: There is no such model.
        MllmuError: vLLM is asked for and not there.
    """
    system = system_prompt(adapter or model) or system_prompt(model)
    if name == "vllm":
        from .vllm import Vllm

        chat = Chat(load_processor(model), system)
        return Opened(Vllm(model, adapter, chat, dtype), "cuda", dtype)
    loaded = load(model, adapter, dtype, device)
    chat = Chat(load_processor(model), system)
    engine = fitting(loaded, chat, sample)
    return Opened(engine, loaded.device.type, str(loaded.dtype).removeprefix("torch."))


def load(model: str, adapter: str | None, dtype: Dtype, device: Any = None) -> Any:
    """The model with everything merged in, on its device, ready to be asked."""
    import torch

    from ...unlearn.lora import peft_quiet
    from ...unlearn.models import default_dtype

    kind = default_dtype("auto") if dtype == "auto" else getattr(torch, dtype)
    loaded = load_model(model, kind)
    if dtype == "auto" and loaded.num_parameters() <= SMALL:
        kind = torch.float64
        loaded = load_model(model, kind)  # again: numbers that were rounded to bfloat16 stay rounded
    if adapter:
        from peft import PeftModel

        with peft_quiet():
            loaded = PeftModel.from_pretrained(loaded, adapter).merge_and_unload()
    where = device or ("cuda" if torch.cuda.is_available() else "cpu")
    return loaded.to(where).eval()


def fitting(model: Any, chat: Chat, sample: Sequence[Ask]) -> Engine:
    """The fast engine, if on `sample` it hears and says what the slow one does; else the slow one.

    Raises:
        MllmuError: A single question does not fit into memory.
    """
    from .packed import Packed
    from .plain import Plain

    fast, slow = Packed(model, chat), Plain(model, chat)
    config = model.get_decoder().config
    if config._attn_implementation != "sdpa" or (getattr(config, "sliding_window", None) or WINDOW) < WINDOW:
        return slow
    tolerance = TOLERANCE[model.dtype.itemsize]
    for part in ([ask for ask in sample if ask.picture], [ask for ask in sample if not ask.picture]):
        if part and not _agree(fast, slow, part, tolerance):
            return slow
    return fast


def _agree(fast: Engine, slow: Engine, asks: Sequence[Ask], tolerance: float) -> bool:
    asks = [ask if ask.candidates else ask._replace(candidates=PROBE) for ask in asks]
    try:
        expected = [reply for ask in asks for reply in slow([ask])]
    except (MemoryError, RuntimeError) as error:
        if out_of_memory(error):
            raise no_room() from error
        raise
    try:
        found = fast(asks)
    except Exception as error:  # whatever an unknown architecture does not like
        if out_of_memory(error):
            raise no_room() from error
        return False
    pairs = [pair for a, b in zip(found, expected, strict=True) for pair in zip(a.heard, b.heard, strict=True)]
    same = tolerance > SURE or [a.text for a in found] == [b.text for b in expected]
    return same and all(abs(a.mean - b.mean) <= tolerance for a, b in pairs)
