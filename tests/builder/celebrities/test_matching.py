"""Wrong options: true of nobody who is offered them, and no help to a solver who knows nothing."""

import hashlib
import inspect
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from mllmu.builder.celebrities import load_celebrities, write_celebrities
from mllmu.builder.celebrities.record import Record
from mllmu.builder.checks.support.words import norm
from mllmu.schemas.celebrity import CELEBRITY_ATTRIBUTES, MIN_ASKED
from mllmu.schemas.questions import MultipleChoice


def test_every_value_is_wrong_three_times_as_often_as_right():
    """Then being frequent tells nothing, nor does any other property of the value alone."""
    people = load_celebrities()
    for attribute in CELEBRITY_ATTRIBUTES:
        asked = [person for person in people if attribute in person.decoys]
        right = Counter(person.value(attribute) for person in asked)
        wrong = Counter(value for person in asked for value in person.decoys[attribute])
        assert wrong == Counter({value: 3 * count for value, count in right.items()}), attribute


def test_wrong_options_differ_and_are_wrong(records: list[Record]):
    also = {record.id: record.also_true for record in records}
    for person in load_celebrities():
        assert len(person.decoys) >= MIN_ASKED
        for attribute, wrong in person.decoys.items():
            assert len({*wrong, person.value(attribute)}) == 4
            assert not set(wrong) & set(also[person.id])
            if attribute == "citizenship":
                assert person.facts.birthplace.country not in wrong


def test_wrong_dates_are_of_the_same_era():
    people = load_celebrities()
    order = [person.value("date_of_birth") for person in sorted(people, key=lambda p: p.facts.date_of_birth)]
    for person in people:
        place = order.index(person.value("date_of_birth"))
        assert all(abs(order.index(wrong) - place) < 17 for wrong in person.decoys["date_of_birth"])


def test_what_somebody_is_known_for_is_compared_within_the_field():
    people = load_celebrities()
    field = {person.facts.known_for: person.field for person in people}
    for person in people:
        assert {field[wrong] for wrong in person.decoys["known_for"]} == {person.field}


def digest(seed: int) -> str:
    people = load_celebrities()
    texts = [person.model_dump_json() for person in people]
    texts += [words.model_dump_json() for _, words in write_celebrities(people[:9], seed)]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def test_the_same_options_in_any_process():
    script = inspect.getsource(digest) + "print(digest(3))"
    imports = "import hashlib\nfrom mllmu.builder.celebrities import load_celebrities, write_celebrities\n"
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", imports + script], env=env, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == digest(3)


def choices(seed: int) -> list[MultipleChoice]:
    return [choice for _, words in write_celebrities(load_celebrities(), seed) for choice in words.questions.choices]


def overlap(choice: MultipleChoice, option: str) -> float:
    """Words of the option that are in the question."""
    return len(set(norm(option).split()) & set(norm(choice.question).split()))


def middle(choice: MultipleChoice, option: str) -> float:
    """How near the option is to the middle of the four in the order of the alphabet."""
    return -abs(sorted(choice.options).index(option) - 1.5)


def alike(choice: MultipleChoice, option: str) -> float:
    """Words that the option shares with the other three."""
    words = [set(norm(other).split()) for other in choice.options if other != option]
    return sum(len(set(norm(option).split()) & other) for other in words)


_OFFERED = Counter(option for choice in choices(0) for option in choice.options)

SOLVERS: dict[str, Callable[[MultipleChoice, str], float]] = {
    "most offered": lambda choice, option: _OFFERED[option],
    "least offered": lambda choice, option: -_OFFERED[option],
    "longest": lambda choice, option: len(option),
    "shortest": lambda choice, option: -len(option),
    "first in the alphabet": lambda choice, option: -sorted(choice.options).index(option),
    "middle of the alphabet": middle,
    "words of the question": overlap,
    "most like the others": alike,
    "least like the others": lambda choice, option: -alike(choice, option),
    **{f"letter {'ABCD'[k]}": lambda choice, option, k=k: choice.options.index(option) == k for k in range(4)},
}


def share_right(asked: Sequence[MultipleChoice], solver: Callable[[MultipleChoice, str], float]) -> float:
    """Ties are shared evenly: a solver that sees no difference is right one time in four."""
    right = 0.0
    for choice in asked:
        scores = [solver(choice, option) for option in choice.options]
        best = [option for option, score in zip(choice.options, scores, strict=True) if score == max(scores)]
        right += (choice.answer_text in best) / len(best)
    return right / len(asked)


@pytest.mark.parametrize("solver", SOLVERS)
def test_a_solver_who_knows_nothing_is_right_one_time_in_four(solver: str):
    asked = choices(0)
    assert len(asked) == 1530
    # 95 % interval of 1530 guesses at 25 %: 1.96 * sqrt(.25 * .75 / 1530)
    assert share_right(asked, SOLVERS[solver]) == pytest.approx(0.25, abs=0.0217)
