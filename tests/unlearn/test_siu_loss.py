"""SIU's loss beside a closed form on three tokens, its gradient beside finite differences, each mask taken away."""

from contextlib import contextmanager
from math import log
from types import SimpleNamespace

import pytest
import torch
from mllmu.errors import UsageError
from mllmu.unlearn import methods
from mllmu.unlearn.step import Counts, Step

P = [(0.5, 0.3, 0.2), (0.1, 0.6, 0.3), (0.25, 0.25, 0.5)]
"""The model, at the answers' three tokens: row 0 answers `1`, row 1 answers `0 2`."""
R = [(0.2, 0.7, 0.1), (0.4, 0.4, 0.2), (0.1, 0.3, 0.6)]
"""The reference."""
CE = -(log(0.3) + log(0.1) + log(0.5)) / 3
TERMS = [[r * log(r / p) for r, p in zip(rs, ps, strict=True)] for rs, ps in zip(R, P, strict=True)]


class Three:
    """Gives the probabilities of a table, wherever the answers stand."""

    training = False

    def __init__(self, logits: torch.Tensor, reference: torch.Tensor):
        self.logits, self.reference, self.frozen = logits, reference, False

    def __call__(self, *, logits_to_keep: int, **_: object) -> SimpleNamespace:
        return SimpleNamespace(logits=(self.reference if self.frozen else self.logits)[:, -logits_to_keep:])

    def eval(self) -> None: ...
    def train(self, mode: bool = True) -> None: ...

    @contextmanager
    def off(self):
        self.frozen = True
        yield
        self.frozen = False


def table(rows: list[tuple[float, ...]]) -> torch.Tensor:
    """(2, 4, 3) log-probabilities; position t predicts token t + 1, and the other positions are noise."""
    made = torch.arange(24, dtype=torch.float64).reshape(2, 4, 3).sin()
    made[0, 2], made[1, 1], made[1, 2] = (torch.tensor(row, dtype=torch.float64).log() for row in rows)
    return made


def step(logits: torch.Tensor, masks: bool = True, expanded: int = 0) -> Step:
    labels = torch.tensor([[-100, -100, -100, 1], [-100, -100, 0, 2]])
    batch = {"input_ids": labels.clamp_min(0), "labels": labels}
    if masks:
        specified = torch.zeros(2, 4, dtype=torch.bool)
        specified[1, 3] = True  # the second token of row 1 contradicts the original model
        names = torch.tensor([[False, True, False], [False, False, True]])  # row 0's concept is token 1, row 1's 2
        batch |= {"specified": specified, "name_tokens": names, "expanded": torch.full((2, 1), expanded)}
    toy = Three(logits, table(R))
    return Step(toy, batch, Counts(3, 2), toy.off)


def value(masks: bool = True, **knobs: str) -> float:
    (loss,) = methods.load("siu", knobs).loss(step(table(P), masks))
    return float(loss)


def test_both_masks():
    # Token 1 of row 0 without its name's token; token 1 of row 1 likewise; token 2 of row 1 not at all.
    kept = TERMS[0][0] + TERMS[0][2] + TERMS[1][0] + TERMS[1][1]
    assert value() == pytest.approx(0.9 * CE + 0.75 * kept / 3)
    assert value(alpha="0", beta="3") == pytest.approx(kept)


def test_without_the_token_mask():
    kept = TERMS[0][0] + TERMS[0][2] + TERMS[1][0] + TERMS[1][1] + TERMS[2][0] + TERMS[2][1]
    assert value(token_mask="false", alpha="0", beta="3") == pytest.approx(kept)


def test_without_the_vocabulary_mask():
    assert value(vocabulary_mask="false", alpha="0", beta="3") == pytest.approx(sum(TERMS[0]) + sum(TERMS[1]))


def test_without_masks_it_is_the_divergence():
    whole = sum(map(sum, TERMS))
    assert value(token_mask="false", vocabulary_mask="false", alpha="0", beta="3") == pytest.approx(whole)
    assert value(masks=False, alpha="0", beta="3") == pytest.approx(whole)


def test_released_has_no_weights_and_divides_by_pairs():
    """Unshifted: the mask of the token at column t lies on position t, which predicts the token after it."""
    probs, original = table(P).log_softmax(-1), table(R).log_softmax(-1)
    spots = [(0, 3, 1), (1, 2, 2)]  # (row, position, name); row 1's last is masked
    total = sum(
        float(original[b, t, v].exp() * (original[b, t, v] - probs[b, t, v]))
        for b, t, name in spots
        for v in range(3)
        if v != name
    )
    assert value(impl="released") == pytest.approx(CE + total / 4)
    assert value(impl="released", alpha="0", beta="9") == pytest.approx(CE + total / 4)


def test_released_is_early_by_the_pictures_tokens():
    (loss,) = methods.load("siu", {"impl": "released"}).loss(step(table(P), expanded=1))
    probs, original = table(P).log_softmax(-1), table(R).log_softmax(-1)
    total = sum(
        float(original[b, t, v].exp() * (original[b, t, v] - probs[b, t, v]))
        for b, t, name in [(0, 2, 1), (1, 1, 2)]
        for v in range(3)
        if v != name
    )
    assert float(loss) == pytest.approx(CE + total / 4)


@pytest.mark.parametrize("impl", ["paper", "released"])
def test_gradient_is_that_of_finite_differences(impl):
    method, start = methods.load("siu", {"impl": impl}), table(P)

    def loss(logits: torch.Tensor) -> torch.Tensor:
        (found,) = method.loss(step(logits))
        return found

    logits = start.clone().requires_grad_()
    loss(logits).backward()
    for index in [(0, 2, 0), (0, 2, 1), (1, 1, 2), (1, 2, 0), (1, 3, 1), (0, 0, 0)]:
        nudge = torch.zeros_like(start)
        nudge[index] = 1e-6
        slope = (loss(start + nudge) - loss(start - nudge)) / 2e-6
        assert float(logits.grad[index]) == pytest.approx(float(slope), abs=1e-7)  # type: ignore[index]


def test_positions_outside_the_answer_have_no_gradient():
    logits = table(P).requires_grad_()
    (loss,) = methods.load("siu").loss(step(logits))
    loss.backward()
    outside = torch.ones(2, 4, dtype=torch.bool)
    outside[0, 2] = outside[1, 1] = outside[1, 2] = False
    assert not logits.grad[outside].any()  # type: ignore[index]


def test_other_words_for_impl_are_refused():
    with pytest.raises(UsageError, match="it is paper or released"):
        methods.load("siu", {"impl": "publshed"})
