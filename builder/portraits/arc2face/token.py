"""From a face's embedding to the prompt that Arc2Face's U-Net was trained on.

n faces   t tokens of a prompt (77)   d width of the text encoder (768)

Section 3 of the paper: in "photo of a id person" the embedding of the token `id` is replaced by the face's ArcFace
embedding, normalised and padded with zeros from 512 to d; the fine-tuned text encoder then reads it as any prompt.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import torch

PROMPT = "photo of a id person"
TOKEN = "id"


def identity_prompts(tokenizer: Any, encoder: Any, faces: np.ndarray) -> "torch.Tensor":
    """The encoded prompts of faces, for a pipeline's `prompt_embeds`.

    Args:
        tokenizer: CLIP's.
        encoder: Arc2Face's CLIP text encoder.
        faces: (n, 512), each of length one.

    Returns:
        (n, t, d), of the encoder's type and on its device.
    """
    import torch

    tokens = tokenizer(
        PROMPT, padding="max_length", max_length=tokenizer.model_max_length, truncation=True, return_tensors="pt"
    ).input_ids  # (1, t)
    token = tokenizer.encode(TOKEN, add_special_tokens=False)
    place = tokens[0] == token[0]  # (t,)
    if len(token) != 1 or int(place.sum()) != 1:
        raise ValueError(f"the tokenizer does not read {TOKEN!r} in {PROMPT!r} as one token")
    table = encoder.get_input_embeddings()
    width = table.weight.shape[1]
    padded = np.zeros((len(faces), width), dtype=np.float32)
    padded[:, : faces.shape[1]] = faces
    vectors = torch.from_numpy(padded).to(table.weight)  # (n, d)

    def replace(_: object, __: object, embedded: "torch.Tensor") -> "torch.Tensor":
        embedded = embedded.clone()  # (n, t, d)
        embedded[:, place.to(embedded.device)] = vectors[:, None].to(embedded)
        return embedded

    hook = table.register_forward_hook(replace)
    try:
        with torch.inference_mode():
            return encoder(tokens.repeat(len(faces), 1).to(table.weight.device))[0]  # (n, t, d)
    finally:
        hook.remove()
