"""Both engines, on each family: the same likelihoods, the same words, whatever else is in the batch."""

import sys
from types import SimpleNamespace

import pytest

torch = pytest.importorskip("torch", reason="the train extra is not installed")

from mllmu.errors import MllmuError  # noqa: E402
from mllmu.evaluate.engine import Ask, Heard, Reply  # noqa: E402
from mllmu.evaluate.engine.chunks import ChunkSize, answers  # noqa: E402
from mllmu.evaluate.engine.decode import greedy  # noqa: E402
from mllmu.evaluate.engine.load import fitting, load, open_engine  # noqa: E402
from mllmu.evaluate.engine.packed import Packed  # noqa: E402
from mllmu.evaluate.engine.plain import Plain  # noqa: E402
from mllmu.evaluate.engine.rows import batches, pack, shelves  # noqa: E402
from mllmu.evaluate.engine.trie import Trie  # noqa: E402
from mllmu.unlearn.chat import Chat  # noqa: E402
from mllmu.unlearn.models import load_processor  # noqa: E402

FAMILIES = ("llava", "llava_next", "idefics2", "idefics3", "qwen2_5_vl")
SIZES = ((40, 40), (40, 24), (24, 40))
CANDIDATES = ("Tartu, Estonia", "Tartu", "glass conservator", "Ada Ohler is a")


@pytest.fixture(scope="module")
def opened(family):
    """(family, system prompt) -> both engines on one model."""
    made: dict = {}

    def get(name: str, system: str | None = None):
        if (name, system) not in made:
            folder = str(family(name))
            model, chat = load(folder, None, "float64"), Chat(load_processor(folder), system)
            made[name, system] = Packed(model, chat), Plain(model, chat)
        return made[name, system]

    return get


@pytest.fixture(scope="module")
def asks(training):
    pictures = [training.jpeg(k, size) for k, size in enumerate(SIZES)]
    pictured = [
        ask
        for k, data in enumerate(pictures)
        for ask in (
            Ask("Where was this person born?", ("forget", str(k), 0), data, CANDIDATES, tokens=7),
            Ask("What does Ada do?", ("forget", str(k), 0), data, CANDIDATES[k:], tokens=4),
            Ask("Which?", ("forget", str(k), 0), data, ("A", "B"), ended=False),
        )
    ]
    return pictured, [ask._replace(picture=None, data=None) for ask in pictured]


def apart(one: list[Reply], other: list[Reply]) -> float:
    heard = [pair for a, b in zip(one, other, strict=True) for pair in zip(a.heard, b.heard, strict=True)]
    return max(abs(x - y) for a, b in heard for x, y in zip(a.logps, b.logps, strict=True))


@pytest.mark.parametrize("system", [None, "Be kind."])
@pytest.mark.parametrize("name", FAMILIES)
def test_packed_hears_and_says_what_plain_does(name, system, opened, asks):
    packed, plain = opened(name, system)
    for part in asks:
        found, expected = packed(part), plain(part)
        assert apart(found, expected) < 2e-6  # plain's padding moves positions, which transformers turns in float32
        assert [[h.hits for h in reply.heard] for reply in found] == [
            [h.hits for h in reply.heard] for reply in expected
        ]
        assert [reply.text for reply in found] == [reply.text for reply in expected]


@pytest.mark.parametrize("name", FAMILIES)
def test_a_reply_does_not_depend_on_its_company(name, opened, asks):
    packed, _ = opened(name)
    for part in asks:
        alone = [packed([ask])[0] for ask in part]
        together = packed(part)
        assert apart(alone, together) < 1e-11
        assert [reply.text for reply in alone] == [reply.text for reply in together]


def test_pictures_are_told_apart(opened, asks):
    packed, _ = opened("llava")
    replies = packed(asks[0])
    assert apart([replies[0]], [replies[3]]) > 1e-3


def test_an_answer_that_is_a_candidate_is_not_decoded_again(opened, asks, monkeypatch):
    """What the model says anyway, given as a candidate: the same tokens without a step of decoding."""
    packed, _ = opened("llava")
    ask = asks[1][0]._replace(candidates=())
    said: list[list[int]] = []
    with monkeypatch.context() as patch:
        patch.setattr("mllmu.evaluate.engine.packed.greedy", lambda *all: said.extend(greedy(*all)) or said)
        packed([ask])
    assert len(said[0]) == ask.tokens
    (before,) = packed.texts.tokens([ask])
    monkeypatch.setattr(packed.texts, "tokens", lambda asks: [before._replace(candidates=[[*said[0], 0]])])
    read: list = []
    monkeypatch.setattr(
        "mllmu.evaluate.engine.packed.greedy", lambda m, begun, s: read.extend(begun) or [one.written for one in begun]
    )
    packed([ask])
    assert read[0].written == said[0]


def test_letters_are_heard_without_the_ending_token(opened, asks):
    packed, _ = opened("llava")
    letter, whole = packed([asks[1][2], asks[1][2]._replace(ended=True)])
    for one, other in zip(letter.heard, whole.heard, strict=True):
        assert len(other.logps) == len(one.logps) + 1
        assert other.logps[:-1] == pytest.approx(one.logps)


def test_trie_reads_nothing_twice_and_sees_ancestors_alone():
    trie = Trie()
    first, second = trie.add([5, 6, 7]), trie.add([5, 6, 8])
    assert (first, second) == ([0, 1, 2], [0, 1, 3])
    assert trie.add([9], parent=first[-1]) == [4]
    assert trie.depths == [0, 1, 2, 2, 3]
    assert [list(row.nonzero()[0]) for row in trie.sees()] == [[0], [0, 1], [0, 1, 2], [0, 1, 3], [0, 1, 2, 4]]


def test_shelves_hold_what_fits():
    sizes = [100, 90, 300, 50, 40]
    found = shelves(sizes)
    rows = {row: [sizes[k] for k in range(5) if found[k] == row] for row in found}
    assert sorted(map(sorted, rows.values())) == [[40, 50], [90, 100], [300]]


def test_rows_are_read_in_batches_of_like_length(opened, asks):
    packed, _ = opened("llava")
    rows, placed = pack(asks[0], packed.texts)
    parts = list(batches(rows, placed, 2 * max(len(row.trie) for row in rows)))
    assert [len(part) for part, _ in parts] == [2, 1]
    assert sorted(place.ask for _, part in parts for place in part) == list(range(len(asks[0])))
    for part, inside in parts:
        for place in inside:
            assert part[place.row].seen is packed.texts.picture(asks[0][place.ask])


class Fragile:
    """An engine that runs out of memory above a number of questions."""

    name = "fragile"

    def __init__(self, fits: int, error: Exception):
        self.fits, self.error, self.sizes = fits, error, []

    def __call__(self, asks):
        if len(asks) > self.fits:
            raise self.error
        self.sizes.append(len(asks))
        return [Reply((Heard([-float(ask.prompt)], [True]),)) for ask in asks]


@pytest.mark.parametrize(
    "error", [torch.OutOfMemoryError("CUDA out of memory"), RuntimeError("DefaultCPUAllocator: can't allocate memory")]
)
def test_out_of_memory_halves_the_batch_and_loses_nothing(error):
    engine, size = Fragile(3, error), ChunkSize(16)
    asks = [Ask(str(k), None, None) for k in range(10)]
    found = {k: reply.heard[0].total for chunk in answers(engine, asks, size) for k, reply in chunk}
    assert found == {k: -float(k) for k in range(10)}
    assert size.now == 2
    assert max(engine.sizes) == 2


def test_a_question_that_does_not_fit_alone_is_an_error():
    with pytest.raises(MllmuError, match="one question at a time"):
        list(answers(Fragile(0, torch.OutOfMemoryError("full")), [Ask("1", None, None)], ChunkSize(4)))


def test_other_errors_are_not_taken_for_a_full_memory():
    with pytest.raises(RuntimeError, match="mask"):
        list(answers(Fragile(0, RuntimeError("wrong mask")), [Ask("1", None, None)], ChunkSize(4)))


def test_chunks_keep_a_picture_whole_where_it_fits():
    asks = [Ask("1", ("forget", str(k // 3), 0), b"x") for k in range(9)] + [Ask("1", None, None)]
    sizes = Fragile(9, RuntimeError())
    list(answers(sizes, asks, ChunkSize(4)))
    assert sizes.sizes == [3, 3, 3, 1]
    split = Fragile(9, RuntimeError())
    list(answers(split, asks, ChunkSize(2)))
    assert sum(split.sizes) == 10
    assert max(split.sizes) == 2


def test_an_architecture_that_does_not_fit_gets_the_slow_engine(opened, asks, monkeypatch):
    packed, plain = opened("llava")
    assert fitting(packed.model, plain.chat, asks[1][:2]).name == "packed"
    monkeypatch.setattr(Trie, "sees", lambda self: torch.ones(len(self), len(self), dtype=torch.bool).numpy())
    assert fitting(packed.model, plain.chat, asks[1][:2]).name == "plain"


def test_without_candidates_too_and_by_its_words(opened, asks, monkeypatch):
    packed, plain = opened("llava")
    bare = [ask._replace(candidates=()) for ask in asks[1][:2]]
    assert fitting(packed.model, plain.chat, bare).name == "packed"
    monkeypatch.setattr("mllmu.evaluate.engine.packed.greedy", lambda m, begun, s: [[7] for _ in begun])
    assert fitting(packed.model, plain.chat, bare).name == "plain"
    monkeypatch.undo()
    monkeypatch.setattr(Trie, "sees", lambda self: torch.ones(len(self), len(self), dtype=torch.bool).numpy())
    assert fitting(packed.model, plain.chat, [ask._replace(tokens=0) for ask in bare]).name == "plain"


def test_a_cache_that_drops_what_is_far_back_gets_the_slow_engine(opened, asks, monkeypatch):
    packed, plain = opened("llava")
    monkeypatch.setattr(packed.model.get_decoder().config, "sliding_window", 64, raising=False)
    assert fitting(packed.model, plain.chat, asks[1][:2]).name == "plain"


def test_a_full_memory_in_the_comparison_is_one_line(opened, asks, monkeypatch):
    packed, plain = opened("llava")

    def full(self, asks):
        raise RuntimeError("CUDA error: out of memory")

    monkeypatch.setattr(Plain, "__call__", full)
    with pytest.raises(MllmuError, match="out of memory with one question"):
        fitting(packed.model, plain.chat, asks[1][:2])


def test_plain_writes_greedily_whatever_the_model_was_published_with(opened, asks, monkeypatch):
    _, plain = opened("llava")
    expected = plain(asks[1][:2])
    for name, value in (("repetition_penalty", 5.0), ("no_repeat_ngram_size", 1), ("min_length", 99)):
        monkeypatch.setattr(plain.model.generation_config, name, value)
    assert plain(asks[1][:2]) == expected
    assert plain.model.generation_config.repetition_penalty == 5.0


def test_small_models_are_asked_in_float64(family, asks):
    assert open_engine(str(family("llava")), None, "hf", "auto", asks[1][:2]).dtype == "float64"


class Vllm:
    """Stands in for the vllm module: the same calls, answered by a model of transformers; text alone."""

    def __init__(self, packed):
        self.model, self.tokenizer = packed.model, packed.texts.chat.tokenizer

    def LLM(self, **options):  # noqa: N802
        return self

    def SamplingParams(self, **options):  # noqa: N802
        return SimpleNamespace(**options)

    def generate(self, prompts, how, use_tqdm):
        hows = how if isinstance(how, list) else [how] * len(prompts)
        return [self.answer(prompt["prompt_token_ids"], how) for prompt, how in zip(prompts, hows, strict=True)]

    def answer(self, ids, how):
        if hasattr(how, "prompt_logprobs"):
            with torch.inference_mode():
                logps = self.model(torch.tensor([ids])).logits[0].log_softmax(-1)
            cells: list = [None]
            for logp, token in zip(logps, ids[1:], strict=False):
                rank = int((logp > logp[token]).sum()) + 1
                cells.append({token: SimpleNamespace(logprob=float(logp[token]), rank=rank)})
            return SimpleNamespace(prompt_logprobs=cells)
        stops = how.stop_token_ids
        written = self.model.generate(
            torch.tensor([ids]), max_new_tokens=how.max_tokens, do_sample=False, eos_token_id=stops, pad_token_id=0
        )[0, len(ids) :]
        return SimpleNamespace(outputs=[SimpleNamespace(text=self.tokenizer.decode(written, skip_special_tokens=True))])


def test_vllm_is_asked_the_same(family, opened, asks, monkeypatch):
    packed, _ = opened("llava")
    monkeypatch.setitem(sys.modules, "vllm", Vllm(packed))
    engine = open_engine(str(family("llava")), None, "vllm", "auto", []).engine
    found, expected = engine(asks[1]), packed(asks[1])
    assert apart(found, expected) < 1e-9
    assert [reply.text for reply in found] == [reply.text for reply in expected]
    assert found[0].heard[0].hits == expected[0].heard[0].hits


def test_vllm_is_asked_for_but_not_there(family):
    with pytest.raises(MllmuError, match="vLLM is not installed"):
        open_engine(str(family("llava")), None, "vllm", "auto", [])
