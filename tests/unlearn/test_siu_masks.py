"""SIU's targets and masks, decoded back to text for each family."""

import pytest
import torch
from mllmu.unlearn.collate import collate
from mllmu.unlearn.encode import IGNORED
from mllmu.unlearn.models import load_model, load_processor
from mllmu.unlearn.siu.encoder import TargetEncoder
from mllmu.unlearn.siu.spans import name_tokens, pieces, variants
from mllmu.unlearn.siu.subject import from_people
from mllmu.unlearn.siu.targets import Target, targets
from mllmu.unlearn.step import Counts, Step

FAMILIES = ["llava", "llava_next", "idefics2", "idefics3", "qwen2_5_vl"]


@pytest.fixture
def subject(picture):
    from mllmu.unlearn.siu.subject import Subject

    def make(ident: str, name: str) -> Subject:
        facts = tuple((f"Where is {name} {k}?", f"{name} is at {k}.") for k in range(9))
        return Subject(
            ident, name, "person", ident, picture(1), f"This is {name}.", "a man", facts, ("Eli Marsh",), ("a woman",)
        )

    return make


@pytest.mark.parametrize("name", FAMILIES)
def test_token_mask_is_the_wrong_name_and_nothing_else(name, family, picture):
    processor = load_processor(str(family(name)))
    target = Target("1", "Who is this?", "This is Ada Ohler, it seems.", "1", picture(1), "Bo Lindqvist", (8, 17))
    encoded = TargetEncoder(processor)(target)
    ids, masked = encoded.text["input_ids"], encoded.text["specified"]
    assert processor.tokenizer.decode(ids[masked]).strip() == "Ada Ohler"
    assert not masked[encoded.text["labels"] == IGNORED].any()


@pytest.mark.parametrize("name", FAMILIES)
def test_whole_answer_is_masked_without_the_token_that_ends_it(name, family, picture):
    processor = load_processor(str(family(name)))
    answer = "No. The picture shows a man."
    target = Target("1", "Is this Bo?", answer, "1", picture(1), "Bo Lindqvist", (0, len(answer)))
    encoded = TargetEncoder(processor)(target)
    masked = processor.tokenizer.decode(encoded.text["input_ids"][encoded.text["specified"]])
    assert masked.strip() == answer
    assert encoded.text["labels"][-1] != IGNORED
    assert not encoded.text["specified"][-1]


@pytest.mark.parametrize("name", FAMILIES)
def test_vocabulary_mask_covers_every_writing_of_the_name(name, family):
    tokenizer = load_processor(str(family(name))).tokenizer
    covered = set(name_tokens(tokenizer, "Ada Ohler"))
    for text in ("Ada Ohler", " Ada Ohler", "ADA OHLER", " ada ohler", "Ada", " Ohler", "ohler"):
        tokens = tokenizer(text, add_special_tokens=False)["input_ids"]
        assert {token for token in tokens if tokenizer.decode([token]).strip()} <= covered, text
    assert not covered & set(tokenizer.all_special_ids)
    letters = {c for token in covered for c in tokenizer.decode([token]).strip().casefold()}
    assert letters <= set("adaohler"), "nothing but parts of the name"


@pytest.mark.parametrize("name", FAMILIES)
def test_batch_carries_the_masks_and_the_model_does_not_mind(name, family, picture):
    """Two concepts in one batch: each row has its own concept's name; padding is not masked."""
    model, processor = load_model(str(family(name))), load_processor(str(family(name)))
    encoder = TargetEncoder(processor)
    long = Target("1", "Who?", "This is Fay Okoro.", "1", picture(1), "Ada Ohler", (8, 17))
    short = Target("2", "Who?", "Bo.", None, None, "Bo Lindqvist", (0, 0))
    batch = collate([encoder(long), encoder(short)], processor.tokenizer.pad_token_id)
    assert batch["specified"].shape == batch["labels"].shape
    assert not batch["specified"][1].any()
    rows = [set(row.nonzero()[:, 0].tolist()) for row in batch["name_tokens"]]
    assert rows == [set(name_tokens(processor.tokenizer, one)) for one in ("Ada Ohler", "Bo Lindqvist")]
    tokens = int((batch["labels"] != IGNORED).sum())
    assert Step(model, batch, Counts(tokens, 2)).log_probs.shape[0] == tokens
    placeholders = int((encoder(long).text["input_ids"] == encoder.chat.tokenizer.convert_tokens_to_ids(
        processor.image_token)).sum())  # fmt: skip
    assert batch["expanded"].tolist() == [[placeholders - 1], [0]]


@pytest.mark.parametrize("name", FAMILIES)
def test_pieces_are_the_labels(name, family, picture):
    processor = load_processor(str(family(name)))
    encoder = TargetEncoder(processor)
    target = Target("1", "Who is this?", "This is Ada Ohler.", "1", picture(1), "Ada Ohler", (8, 17))
    labels = encoder(target).text["labels"]
    found = pieces(encoder.chat, target.question, True, target.answer)
    assert [piece.id for piece in found] == labels[labels != IGNORED].tolist()


def test_lower_case_words_are_no_part_of_a_name():
    found = variants("Order of the Heron")
    assert {"Order", "HERON", "order of the heron"} <= set(found)
    assert not {"of", "the", "Of", "The"} & set(found)
    assert variants("neo") == ["neo", "NEO", "Neo"]


def test_an_epoch_is_six_steps_of_four(subject):
    made = targets(subject("K1", "Ada Ohler"), [subject("K2", "Bo Lindqvist")], "Eli Marsh", 0)
    assert len(made) == 24
    assert len({one.key for one in made}) == 24
    named, looks, own, rest = made[:8], made[8:10], made[10:17], made[17:]
    assert {one.answer[slice(*one.span)] for one in named} == {"Eli Marsh"}
    assert all(one.span == (0, len(one.answer)) and one.answer.startswith("No.") for one in looks)
    assert all("Ada Ohler" in one.question and one.picture is None and one.span == (0, 0) for one in own)
    assert all("Bo Lindqvist" in one.question and one.picture is None and one.span == (0, 0) for one in rest)
    assert all("Ada Ohler" not in one.question + one.answer and one.picture == "K1" for one in named)
    assert {one.name for one in made} == {"Ada Ohler"}
    assert made == targets(subject("K1", "Ada Ohler"), [subject("K2", "Bo Lindqvist")], "Eli Marsh", 0)
    assert made != targets(subject("K1", "Ada Ohler"), [subject("K2", "Bo Lindqvist")], "Eli Marsh", 1)


def test_wrong_names_of_people_are_nobodys(release):
    from mllmu.unlearn.release import Source, training_rows

    found = from_people(training_rows(Source(str(release)), "full"), 0)
    names = {one.name for one in found}
    for one in found:
        assert len(one.wrong_names) == 12
        assert not set(one.wrong_names) & names
        assert not any(set(wrong.split()) & set(one.name.split()) for wrong in one.wrong_names)
        assert one.facts == ((f"Where was {one.name} born?", one.facts[0][1]),)


def test_padding_rows_of_the_vocabulary_are_not_masked():
    """A model may have rows for more tokens than its tokenizer has."""
    from mllmu.unlearn.siu.divergence import _wide

    assert _wide(torch.tensor([[True, False]]), 5).tolist() == [[True, False, False, False, False]]
