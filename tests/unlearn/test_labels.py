"""What the model is shown and what a loss sees, for each family, decoded back to text."""

import json
from dataclasses import replace

import pytest
import torch
from mllmu.errors import UsageError
from mllmu.unlearn import release as releases
from mllmu.unlearn.chat import Chat
from mllmu.unlearn.collate import collate
from mllmu.unlearn.data import Example, infer_anchor, pair_examples, task_examples
from mllmu.unlearn.encode import IGNORED, Encoder
from mllmu.unlearn.models import load_model, load_processor
from mllmu.unlearn.step import Counts, Step, count

FAMILIES = ["llava", "llava_next", "idefics2", "idefics3", "qwen2_5_vl"]

# The labels decoded: the answer as the template sets it and the token that ends it, nothing else.
SEEN = {
    "llava": (" Tartu, Estonia", "</s>"),
    "llava_next": (" Tartu, Estonia", "</s>"),
    "idefics2": (" Tartu, Estonia", "<end_of_utterance>"),
    "idefics3": (" Tartu, Estonia", "<end_of_utterance>"),
    "qwen2_5_vl": ("Tartu, Estonia", "<|im_end|>"),
}


@pytest.fixture
def examples(picture):
    return [
        Example("1/0", "Where was this person born?", "Tartu, Estonia", "1", picture(1)),
        Example("1/1", "What does Ada Ohler do for a living?", "glass conservator"),
        Example("2/0", "Where was this person born?", "Riga", "2", picture(2, (40, 24))),
    ]


@pytest.mark.parametrize("name", FAMILIES)
def test_labels_are_the_answer_and_its_end(name, family, examples):
    processor = load_processor(str(family(name)))
    encoded = Encoder(processor)(examples[0])
    labels, ids = encoded.text["labels"], encoded.text["input_ids"]
    answer, stop = SEEN[name]
    assert processor.tokenizer.decode(labels[labels != IGNORED]) == answer + stop
    assert (labels[labels != IGNORED] == ids[labels != IGNORED]).all()
    assert Chat(processor).stop == stop
    assert encoded.answer_tokens == int((labels != IGNORED).sum())


def test_each_example_is_itself_whatever_it_is_called(family, examples):
    """Two releases' people have the same IDs; neither may be trained in the other's place."""
    encoder = Encoder(load_processor(str(family("llava"))))
    first, other = examples[0], replace(examples[2], key=examples[0].key, picture=examples[0].picture)
    assert encoder(first).text["input_ids"].tolist() != encoder(other).text["input_ids"].tolist()
    assert not torch.equal(encoder(first).picture["pixel_values"], encoder(other).picture["pixel_values"])


@pytest.mark.parametrize("name", FAMILIES)
def test_the_prompt_is_what_generate_would_be_given(name, family, examples):
    """Labelled tokens continue the prompt as the processor makes it for generation, pictures expanded."""
    processor = load_processor(str(family(name)))
    encoded = Encoder(processor)(examples[0])
    turns = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": examples[0].question}]}]
    prompt = processor.apply_chat_template(turns, add_generation_prompt=True, tokenize=False)
    asked = processor(text=[prompt], images=[examples[0].image()], return_tensors="pt")
    ids = encoded.text["input_ids"]
    before = ids[: len(ids) - encoded.answer_tokens]
    assert before.tolist() == asked["input_ids"][0].tolist()
    placeholder = processor.tokenizer.convert_tokens_to_ids(processor.image_token)
    assert (ids == placeholder).sum() >= 3  # expanded, not one


@pytest.mark.parametrize("name", FAMILIES)
def test_pictures_reach_the_model_and_padding_does_not_matter(name, family, examples):
    """A batch gives each example what it gets alone; and another picture gives other logits."""
    model, encoder = load_model(str(family(name))).eval(), Encoder(load_processor(str(family(name))))
    pad = encoder.chat.tokenizer.pad_token_id
    with torch.no_grad():
        together = Step(model, collate([encoder(e) for e in examples], pad), Counts(1, 1)).answer_logp
        alone = [float(Step(model, collate([encoder(e)], pad), Counts(1, 1)).answer_logp) for e in examples]
        swapped = Example("3/0", examples[0].question, examples[0].answer, "2", examples[2].data)
        other = float(Step(model, collate([encoder(swapped)], pad), Counts(1, 1)).answer_logp)
    assert together.tolist() == pytest.approx(alone, abs=1e-4)
    assert abs(other - alone[0]) > 1e-4


@pytest.mark.parametrize("name", FAMILIES)
def test_compat_puts_labels_on_the_question_but_never_on_a_picture(name, family, examples):
    processor = load_processor(str(family(name)))
    labels = Encoder(processor, prompt_loss=True)(examples[0]).text["labels"]
    assert labels[0] == IGNORED  # in a padded row, padding would have to predict it
    text = processor.tokenizer.decode(labels[labels != IGNORED])
    assert "Where was this person born?" in text
    assert processor.image_token not in text


def test_batch_counts_what_a_loss_sees(family, examples):
    encoder = Encoder(load_processor(str(family("llava"))))
    encoded = [encoder(e) for e in examples]
    batch = collate(encoded, 0)
    assert count(batch) == (sum(e.answer_tokens for e in encoded), 3)


def test_system_prompt_is_in_front(family):
    chat = Chat(load_processor(str(family("qwen2_5_vl"))), "Be kind.")
    assert chat.prompt("Who?", True).startswith("<|im_start|>system\nBe kind.<|im_end|>")


def test_multimodal_takes_all_pairs_and_text_only_those_by_name(release):
    rows = releases.training_rows(releases.Source(str(release)), "forget_10")
    every = pair_examples(rows)
    assert [e.picture for e in every] == ["001", "001", None, "002", "002", None]
    assert [e.image() is not None for e in every[:3]] == [True, True, False]
    text = pair_examples(rows, "text")
    assert [e.question for e in text] == ["Where was Ada Ohler born?", "Where was Bo Lindqvist born?"]


def test_published_copies_are_read_with_their_pairs_looked_up_and_anchors_inferred(published, release):
    theirs = releases.training_rows(releases.Source(str(published)), "forget_10")
    ours = releases.training_rows(releases.Source(str(release)), "forget_10")
    assert pair_examples(theirs) == pair_examples(ours)
    assert len(releases.rows(releases.Source(str(published)), "full")) == 8


def test_text_without_pairs_by_name_puts_the_name_in_front(release):
    row = releases.training_rows(releases.Source(str(release)), "forget_10")[0]
    pairs = [pair for pair in json.loads(row["metadata"]) if pair["Anchor"] == "image"]
    asked = pair_examples([{**row, "metadata": json.dumps(pairs)}], "text")
    assert asked[0].question == "This is about Ada Ohler. Where was this person born?"
    assert asked[0].picture is None


@pytest.mark.parametrize(
    ("question", "anchor"), [("Where was ADA OHLER born?", "name"), ("Where was she born?", "image")]
)
def test_anchor_is_inferred_from_the_name(question, anchor):
    assert infer_anchor(question, "Ada Ohler") == anchor


def test_task_examples_ask_each_picture_and_both_ways(release):
    row = releases.rows(releases.Source(str(release)), "test")[0]
    found = task_examples([row], "p/")
    assert {e.picture for e in found} == {None, "p/001.0", "p/001.1"}
    assert sum(e.answer == "A" for e in found) == 3  # by letter: two pictures, one name
    assert sum("[Blank]" in e.question for e in found) == 3


def test_unknown_config_names_those_there_are(release):
    with pytest.raises(UsageError, match=r"no config 'forget_20'.*forget_10"):
        releases.rows(releases.Source(str(release)), "forget_20")


def test_missing_release_is_an_error_in_one_line(tmp_path):
    with pytest.raises(UsageError, match="cannot read the release"):
        releases.rows(releases.Source(str(tmp_path / "nothing")), "full")
