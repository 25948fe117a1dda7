"""Every loss beside its closed form on two tokens, and its gradient beside finite differences."""

import sys
from math import exp, log
from pathlib import Path

import pytest
import torch
from mllmu.unlearn import methods
from mllmu.unlearn.learn import Learn
from mllmu.unlearn.step import Counts

sys.path.insert(0, str(Path(__file__).parent))  # importlib mode finds no neighbours
import toy

# Probability of token 1 where it matters: row 0 answers at column 2; row 1 at columns 1 and 2.
P0, P1, P2 = 0.8, 0.6, 0.3  # so the answers have probability .8, and .6 * (1 - .3) = .42
Q0, Q1, Q2 = 0.5, 0.9, 0.2  # the reference's: .5, and .9 * .8 = .72
NLL = -(log(0.8) + log(0.6) + log(0.7)) / 3  # mean over three tokens


def logit(p: float) -> float:
    return log(p / (1 - p))


def weights(p0: float, p1: float, p2: float) -> torch.Tensor:
    """The other positions are full of values that no loss may look at."""
    return torch.tensor([[5.0, -7.0, logit(p0), 3.0], [2.0, logit(p1), logit(p2), -4.0]], dtype=torch.float64)


def total(loss: object) -> torch.Tensor:
    return loss if isinstance(loss, torch.Tensor) else torch.stack(list(loss)).sum()  # type: ignore[call-overload]


def value(name: str, compat: bool = False, **knobs: str) -> float:
    """The loss of a method whose forget and retain step are the same."""
    method = methods.load(name, knobs, compat)
    steps = [toy.step(weights(P0, P1, P2), weights(Q0, Q1, Q2)) for _ in range(1 + methods.needs_retain(method))]
    return float(total(method.loss(*steps)))


def kl(q: float, p: float) -> float:
    return q * log(q / p) + (1 - q) * log((1 - q) / (1 - p))


def npo_term(ratio: float, beta: float) -> float:
    return -2 / beta * log(1 / (1 + exp(beta * ratio)))


def test_learn_is_the_mean_over_answer_tokens():
    assert float(Learn().loss(toy.step(weights(P0, P1, P2)))) == pytest.approx(NLL)


def test_ga_is_minus_nll():
    assert value("ga") == pytest.approx(-NLL)


def test_grad_diff_weighs_forget_and_retain():
    assert value("grad_diff") == pytest.approx(0)  # the same step on both sides
    assert value("grad_diff", gamma="2", alpha="0.5") == pytest.approx(-1.5 * NLL)


def test_kl_min_is_a_token_mean_of_original_against_current():
    divergence = (kl(Q0, P0) + kl(Q1, P1) + kl(Q2, P2)) / 3
    assert value("kl_min") == pytest.approx(-NLL + divergence)
    assert value("kl_min", alpha="3", gamma="0") == pytest.approx(3 * divergence)


def test_npo_takes_the_sum_over_each_answer():
    ratios = log(0.8 / 0.5), log(0.42 / 0.72)
    for beta in (0.1, 0.4, 2.0):
        expected = sum(npo_term(r, beta) for r in ratios) / 2
        assert value("npo", beta=str(beta)) == pytest.approx(expected)


def test_npo_starts_at_two_over_beta_log_two_and_ends_as_gradient_ascent():
    """At the reference the ratio is 0. For small beta: its gradient is that of the answers' log-probability."""
    method = methods.load("npo", {"beta": "0.4"})
    assert float(method.loss(toy.step(weights(P0, P1, P2)))) == pytest.approx(2 / 0.4 * log(2))
    w = weights(P0, P1, P2).requires_grad_()
    methods.load("npo", {"beta": "1e-6"}).loss(toy.step(w)).backward()
    v = weights(P0, P1, P2).requires_grad_()
    toy.step(v).answer_logp.mean().backward()
    assert torch.allclose(w.grad, v.grad, atol=1e-5)  # type: ignore[arg-type]


def test_original_kl_is_a_token_sum_over_examples():
    divergence = (kl(Q0, P0) + kl(Q1, P1) + kl(Q2, P2)) / 2
    assert value("kl_min", compat=True) == pytest.approx(-NLL + divergence)


def test_original_npo_is_of_the_batch_mean():
    reference = -(log(0.5) + log(0.9) + log(0.8)) / 3
    assert value("npo", compat=True) == pytest.approx(npo_term(reference - NLL, 0.4))


@pytest.mark.parametrize(("name", "knobs", "compat"), [("npo", {}, True), ("siu", {"impl": "released"}, False)])
def test_a_step_in_parts_weighs_as_much_as_in_one(name, knobs, compat):
    """Two halves that are alike: each has half of what the whole has."""
    method = methods.load(name, knobs, compat)
    whole = toy.step(weights(P0, P1, P2), weights(Q0, Q1, Q2))
    half = toy.step(weights(P0, P1, P2), weights(Q0, Q1, Q2))
    half.counts = Counts(2 * half.counts.tokens, 2 * half.counts.rows)
    assert float(total(method.loss(half))) == pytest.approx(float(total(method.loss(whole))) / 2)


@pytest.mark.parametrize("compat", [False, True])
@pytest.mark.parametrize("name", [n for n in methods.names() if n != "prompting"])
def test_gradients_match_finite_differences(name, compat):
    method = methods.load(name, {}, compat)
    sides = 1 + methods.needs_retain(method)
    start, reference = weights(P0, P1, P2), weights(Q0, Q1, Q2)

    def loss(w: torch.Tensor) -> torch.Tensor:
        # Forget and retain differ, or grad_diff would be zero everywhere.
        return total(method.loss(*(toy.step(w * (1 + side), reference) for side in range(sides))))

    w = start.clone().requires_grad_()
    loss(w).backward()
    for index in [(0, 0), (0, 2), (1, 1), (1, 2), (1, 3)]:
        nudge = torch.zeros_like(start)
        nudge[index] = 1e-6
        slope = (loss(start + nudge) - loss(start - nudge)) / 2e-6
        assert float(w.grad[index]) == pytest.approx(float(slope), abs=1e-6)  # type: ignore[index]


@pytest.mark.parametrize("name", [n for n in methods.names() if n != "prompting"])
def test_positions_outside_the_answer_have_no_gradient(name):
    method = methods.load(name)
    w = weights(P0, P1, P2).requires_grad_()
    sides = 1 + methods.needs_retain(method)
    total(method.loss(*(toy.step(w * (1 + side), weights(Q0, Q1, Q2)) for side in range(sides)))).backward()
    seen = torch.zeros(2, 4, dtype=torch.bool)
    seen[0, 2] = seen[1, 1] = seen[1, 2] = True
    assert not w.grad[~seen].any()  # type: ignore[index]
    assert w.grad[seen].all()  # type: ignore[index]


def test_no_gradient_flows_through_the_reference():
    reference = weights(Q0, Q1, Q2).requires_grad_()
    w = weights(P0, P1, P2).requires_grad_()
    total(methods.load("kl_min").loss(toy.step(w, reference), toy.step(w, reference))).backward()
    assert reference.grad is None


def test_own_method_of_the_documentation(tmp_path):
    """docs/unlearn.md: -mean p^beta NLL on forget, NLL on retain."""
    page = (Path(__file__).parents[2] / "docs/unlearn.md").read_text(encoding="utf-8")
    path = tmp_path / "wga.py"
    path.write_text(page.split("```python\n")[1].split("```")[0], encoding="utf-8")
    weighted = sum(p**2 * log(p) for p in (P0, P1, 1 - P2)) / 3
    assert value(str(path), beta="2") == pytest.approx(weighted + NLL)
