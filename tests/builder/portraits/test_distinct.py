import numpy as np
from mllmu.builder.portraits.distinct import closest_allowed, distinct_face_seeds, near_twins, signature
from portrait_people import look


def kinds(people) -> list:
    return [(a.sex, a.head_covering == "headscarf") for a in people]


def test_a_twin_is_given_another_face_and_the_elder_keeps_hers():
    people = [look(1), look(2), look(1), look(3), look(1)]
    seeds = distinct_face_seeds(people, lambda k, attempt: 10_000 * attempt + k)
    assert seeds[:2] == [people[0].face_seed, people[1].face_seed]
    assert seeds[3] == people[3].face_seed
    assert seeds[2] != people[0].face_seed != seeds[4]
    again = [a.model_copy(update={"face_seed": seed}) for a, seed in zip(people, seeds, strict=True)]
    assert near_twins(np.stack([signature(a) for a in again]), kinds(again), closest_allowed(5)) == []
    assert seeds == distinct_face_seeds(people, lambda k, attempt: 10_000 * attempt + k)


def test_distance_is_zero_only_to_oneself():
    people = [look(k) for k in range(1, 40, 2)]
    table = np.stack([signature(a) for a in people])
    distance = np.sqrt(((table[:, None] - table[None]) ** 2).sum(2))
    assert (distance[~np.eye(len(people), dtype=bool)] > 1).all()
    assert np.allclose(np.diag(distance), 0)


def test_blocks_find_what_one_block_finds():
    rng = np.random.default_rng(3)
    table = rng.normal(0, 1, (1100, 3))
    found = near_twins(table, ["a", "b"] * 550, 0.2)
    squared = ((table[:, None] - table[None]) ** 2).sum(2)
    wanted = [(i, j) for j in range(1100) for i in range(j) if (i - j) % 2 == 0 and squared[i, j] < 0.04]
    assert found == wanted


def test_nobody_to_compare():
    assert distinct_face_seeds([], lambda k, attempt: 0) == []
    assert closest_allowed(0) > closest_allowed(500) > closest_allowed(5000) > 3
