"""The reference model's parts, untrained: tokenizer, processor, and a LLaVA from its real classes."""

from collections.abc import Iterable
from typing import Any

from .recipe import Recipe

PAD, BOS, EOS = "<pad>", "<s>", "</s>"
USER, ASSISTANT, SYSTEM, IMAGE = "<user>", "<assistant>", "<system>", "<image>"

TEMPLATE = (
    "{% for message in messages %}{{ '<' + message['role'] + '>' }}"
    "{% for part in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>' }}{% endfor %}"
    "{% for part in message['content'] | selectattr('type', 'equalto', 'text') %}{{ part['text'] }}{% endfor %}"
    "{% if message['role'] == 'assistant' %}{{ '</s>' }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<assistant>' }}{% endif %}"
)
"""One token a turn: on a CPU every token counts."""


def make_tokenizer(texts: Iterable[str], vocabulary: int) -> Any:
    """A byte-level BPE tokenizer learned from `texts`; digits stand alone, so that numbers are spelt."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.Sequence(  # type: ignore[assignment]
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    bpe.decoder = decoders.ByteLevel()  # type: ignore[assignment]
    special = [PAD, BOS, EOS, USER, ASSISTANT, SYSTEM, IMAGE]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary, special_tokens=special, initial_alphabet=alphabet, show_progress=False
    )
    bpe.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe, pad_token=PAD, bos_token=BOS, eos_token=EOS,
        additional_special_tokens=[USER, ASSISTANT, SYSTEM, IMAGE],
    )  # fmt: skip


def make_processor(tokenizer: Any, recipe: Recipe) -> Any:
    """LLaVA's processor; pictures become `side` pixels square."""
    from transformers import CLIPImageProcessorPil, LlavaProcessor

    vision = recipe.vision
    images = CLIPImageProcessorPil(
        size={"shortest_edge": vision.resize}, crop_size={"height": vision.side, "width": vision.side}
    )
    return LlavaProcessor(
        images, tokenizer, patch_size=vision.patch, vision_feature_select_strategy="default", chat_template=TEMPLATE,
        num_additional_image_tokens=1,
    )  # fmt: skip


def make_model(tokenizer: Any, recipe: Recipe) -> Any:
    """LLaVA with random weights."""
    from transformers import CLIPVisionConfig, LlamaConfig, LlavaConfig, LlavaForConditionalGeneration

    v, t = recipe.vision, recipe.language
    vision = CLIPVisionConfig(
        hidden_size=v.hidden, intermediate_size=4 * v.hidden, num_hidden_layers=v.layers, num_attention_heads=v.heads,
        image_size=v.side, patch_size=v.patch,
    )  # fmt: skip
    ids = {"pad_token_id": tokenizer.pad_token_id, "bos_token_id": tokenizer.bos_token_id}
    ids["eos_token_id"] = tokenizer.eos_token_id
    text = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=t.hidden, intermediate_size=t.feed_forward, num_hidden_layers=t.layers,
        num_attention_heads=t.heads, num_key_value_heads=t.heads, max_position_embeddings=t.positions, **ids,
    )  # fmt: skip
    config = LlavaConfig(
        vision_config=vision, text_config=text, image_token_index=tokenizer.convert_tokens_to_ids(IMAGE),
        vision_feature_layer=-1, vision_feature_select_strategy="default", image_seq_length=(v.side // v.patch) ** 2,
        **ids,
    )  # fmt: skip
    return LlavaForConditionalGeneration(config)
