from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.unlearn.schedule import joint, phases, single

sizes = st.integers(1, 40)


@settings(deadline=None, derandomize=True)
@given(forget=sizes, retain=sizes, epochs=st.integers(1, 4), batch=st.integers(1, 9), seed=st.integers(0, 99))
def test_joint_sees_forget_evenly_and_fills_every_step(forget, retain, epochs, batch, seed):
    plan = joint(forget, retain, epochs, batch, seed)
    seen = Counter(item.forget for item in plan)
    assert len(plan) % batch == 0
    assert epochs * forget <= len(plan) < epochs * forget + batch
    assert set(seen) == set(range(forget))
    assert max(seen.values()) - min(seen.values()) <= 1 or len(plan) > epochs * forget
    first = [item.retain for item in plan[:retain]]
    assert len(set(first)) == len(first)  # no retain example twice before each was there once
    assert plan == joint(forget, retain, epochs, batch, seed)


def test_seeds_differ():
    assert joint(20, 20, 1, 4, 0) != joint(20, 20, 1, 4, 1)


def test_phases_never_mix_in_a_step():
    """The published scripts: a whole epoch of forget, then a whole epoch of retain."""
    plan = phases(5, 7, 2, 4, 0)
    for k in range(0, len(plan), 4):
        assert len({item.forget is None for item in plan[k : k + 4]}) == 1
    assert [item.forget is None for item in plan] == ([False] * 8 + [True] * 8) * 2


@settings(deadline=None, derandomize=True)
@given(lengths=st.lists(st.integers(5, 60), min_size=1, max_size=50), epochs=st.integers(1, 3), batch=st.integers(1, 8))
def test_single_sees_all_in_each_epoch_with_like_lengths_together(lengths, epochs, batch):
    plan = [item.retain for item in single(lengths, epochs, batch, 0)]
    each = len(plan) // epochs
    for k in range(epochs):
        assert set(plan[k * each : (k + 1) * each]) == set(range(len(lengths)))
    inner = [plan[k : k + batch] for k in range(0, each, batch)]
    spreads = sorted(max(lengths[i] for i in step) - min(lengths[i] for i in step) for step in inner)
    assert not spreads or spreads[0] <= 60 / max(len(inner), 1) + 6 or len(lengths) <= 2 * batch


def test_single_rehearses_a_part_of_the_others_in_each_epoch_until_all_were_seen():
    plan = [item.retain for item in single([9] * 30, 4, 5, 0, rehearsed=[3] * 40, share=2 / 3)]
    epochs = [plan[k : k + 50] for k in range(0, 200, 50)]
    assert all({i for i in epoch if i is not None and i < 30} == set(range(30)) for epoch in epochs)
    again = [{i for i in epoch if i is not None and i >= 30} for epoch in epochs]
    assert [len(part) for part in again] == [20] * 4
    assert again[0] | again[1] == again[2] | again[3] == set(range(30, 70))
    assert single([9] * 30, 4, 5, 0, rehearsed=[], share=2 / 3) == single([9] * 30, 4, 5, 0)
