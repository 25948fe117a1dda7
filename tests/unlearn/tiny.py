"""Tiny true models: each supported family from its real config classes, its real processor, no network."""

from pathlib import Path
from typing import Any

import torch
from mllmu.unlearn.families import pictures_only
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    CLIPImageProcessorPil,
    CLIPVisionConfig,
    Idefics2Config,
    Idefics2ForConditionalGeneration,
    Idefics2ImageProcessorPil,
    Idefics2Processor,
    Idefics3Config,
    Idefics3ForConditionalGeneration,
    Idefics3ImageProcessorPil,
    Idefics3Processor,
    LlamaConfig,
    LlavaConfig,
    LlavaForConditionalGeneration,
    LlavaNextConfig,
    LlavaNextForConditionalGeneration,
    LlavaNextImageProcessorPil,
    LlavaNextProcessor,
    LlavaProcessor,
    MistralConfig,
    PreTrainedTokenizerFast,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2_5_VLProcessor,
    Qwen2VLImageProcessorPil,
    set_seed,
)

SENTENCES = [
    "Where was this person born? Tartu, Estonia",
    "What does Ada Ohler do for a living? Ada Ohler is a glass conservator",
    "USER: User: Assistant: ASSISTANT: system user assistant",
]

LLAVA_TEMPLATE = (
    "{% for message in messages %}{{ message['role'].upper() + ': ' }}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>\n' }}{% endfor %}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ content['text'] + ' ' }}"
    "{% endfor %}"
    "{% endfor %}{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}"
)
IDEFICS_TEMPLATE = (
    "{% for message in messages %}{{ message['role'].capitalize() }}"
    "{% if message['content'][0]['type'] == 'image' %}{{ ':' }}{% else %}{{ ': ' }}{% endif %}"
    "{% for line in message['content'] %}{% if line['type'] == 'text' %}{{ line['text'] }}"
    "{% elif line['type'] == 'image' %}{{ '<image>' }}{% endif %}{% endfor %}<end_of_utterance>\n{% endfor %}"
    "{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}"
)
QWEN_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{% for content in message['content'] %}"
    "{% if content['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% else %}{{ content['text'] }}{% endif %}{% endfor %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def tokenizer(*special: str, bos: str | None = "<s>", eos: str = "</s>") -> PreTrainedTokenizerFast:
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    kinds = [token for token in ("<pad>", bos, eos) if token]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=400, initial_alphabet=alphabet, special_tokens=kinds, show_progress=False)
    bpe.train_from_iterator(SENTENCES * 3, trainer)
    made = PreTrainedTokenizerFast(tokenizer_object=bpe, pad_token="<pad>", bos_token=bos, eos_token=eos)
    made.add_special_tokens({"additional_special_tokens": list(special)})
    return made


SIZES: dict[str, Any] = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
TEXT: dict[str, Any] = {**SIZES, "num_key_value_heads": 2}
CLIP: dict[str, Any] = {**SIZES, "image_size": 16, "patch_size": 8}


def id_of(tok: Any, token: str) -> int:
    return tok.convert_tokens_to_ids(token)


def llava() -> tuple[Any, Any]:
    tok = tokenizer("<image>")
    image = CLIPImageProcessorPil(size={"shortest_edge": 16}, crop_size={"height": 16, "width": 16})
    processor = LlavaProcessor(
        image, tok, patch_size=8, vision_feature_select_strategy="default", chat_template=LLAVA_TEMPLATE,
        num_additional_image_tokens=1,
    )  # fmt: skip
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(**CLIP), text_config=LlamaConfig(**TEXT, vocab_size=len(tok)),
        image_token_index=id_of(tok, "<image>"), vision_feature_layer=-2, image_seq_length=4,
    )  # fmt: skip
    return LlavaForConditionalGeneration(config), processor


def llava_next() -> tuple[Any, Any]:
    tok = tokenizer("<image>")
    grid = [[16, 32], [32, 16], [32, 32]]
    image = LlavaNextImageProcessorPil(
        size={"shortest_edge": 16}, crop_size={"height": 16, "width": 16}, image_grid_pinpoints=grid
    )
    processor = LlavaNextProcessor(
        image, tok, patch_size=8, vision_feature_select_strategy="default", chat_template=LLAVA_TEMPLATE,
        num_additional_image_tokens=1,
    )  # fmt: skip
    config = LlavaNextConfig(
        vision_config=CLIPVisionConfig(**CLIP), text_config=LlamaConfig(**TEXT, vocab_size=len(tok)),
        image_token_index=id_of(tok, "<image>"), image_grid_pinpoints=grid, vision_feature_layer=-2,
    )  # fmt: skip
    return LlavaNextForConditionalGeneration(config), processor


def idefics2() -> tuple[Any, Any]:
    tok = tokenizer()
    image = Idefics2ImageProcessorPil(size={"longest_edge": 24, "shortest_edge": 16}, do_image_splitting=False)
    processor = Idefics2Processor(image, tok, image_seq_len=3, chat_template=IDEFICS_TEMPLATE)
    config = Idefics2Config(
        vision_config={**SIZES, "image_size": 24, "patch_size": 8},
        perceiver_config={
            "hidden_size": 16, "resampler_n_latents": 3, "resampler_depth": 1, "resampler_n_heads": 2,
            "resampler_head_dim": 8, "num_key_value_heads": 2,
        },
        text_config=MistralConfig(**TEXT, vocab_size=len(tok)),
        image_token_id=id_of(tok, "<image>"),
    )  # fmt: skip
    return Idefics2ForConditionalGeneration(config), processor


def idefics3() -> tuple[Any, Any]:
    tok = tokenizer()
    image = Idefics3ImageProcessorPil(size={"longest_edge": 32}, max_image_size={"longest_edge": 16})
    processor = Idefics3Processor(image, tok, image_seq_len=1, chat_template=IDEFICS_TEMPLATE)
    config = Idefics3Config(
        vision_config=CLIP,
        text_config=LlamaConfig(**TEXT, vocab_size=len(processor.tokenizer)),
        image_token_id=id_of(tok, "<image>"), scale_factor=2,
    )  # fmt: skip
    return Idefics3ForConditionalGeneration(config), processor


def qwen2_5_vl() -> tuple[Any, Any]:
    special = ["<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"]
    tok = tokenizer(*special, bos=None, eos="<|im_end|>")
    image = Qwen2VLImageProcessorPil(
        patch_size=8, merge_size=2, size={"shortest_edge": 16 * 16, "longest_edge": 32 * 32}
    )
    processor = pictures_only(Qwen2_5_VLProcessor)(image, tok, chat_template=QWEN_TEMPLATE)
    ids = {token: id_of(tok, token) for token in special}
    config = Qwen2_5_VLConfig(
        vision_config={
            "hidden_size": 16, "out_hidden_size": 16, "intermediate_size": 32, "depth": 2, "num_heads": 2,
            "patch_size": 8, "spatial_merge_size": 2, "window_size": 32, "fullatt_block_indexes": [1],
        },
        text_config={
            **TEXT, "vocab_size": len(tok), "rope_parameters": {"rope_type": "default", "mrope_section": [1, 1, 2]},
        },
        image_token_id=ids["<|image_pad|>"], video_token_id=ids["<|video_pad|>"],
        vision_start_token_id=ids["<|vision_start|>"], vision_end_token_id=ids["<|vision_end|>"],
    )  # fmt: skip
    return Qwen2_5_VLForConditionalGeneration(config), processor


FAMILIES = {
    "llava": llava,
    "llava_next": llava_next,
    "idefics2": idefics2,
    "idefics3": idefics3,
    "qwen2_5_vl": qwen2_5_vl,
}


def save(name: str, folder: Path) -> Path:
    """A family's tiny model and processor on disk, as a user would have them."""
    set_seed(0)
    model, processor = FAMILIES[name]()
    with torch.no_grad():  # larger than the usual start, so that different inputs give visibly different outputs
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.normal_(0, 0.15)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder
