import numpy as np
from mllmu.builder.portraits.distinct import STEPS, attempts_for, distinct_face_seeds, likest_allowed, rounded
from mllmu.builder.portraits.likeness import features, likeness
from portrait_people import look


def reseed(k: int, attempt: int) -> int:
    return 10_000 * attempt + k


def test_a_twin_is_given_another_face_and_the_elder_keeps_hers():
    people = [look(1), look(2), look(1), look(3), look(1)]
    seeds = distinct_face_seeds(people, reseed)
    assert seeds[0] == people[0].face_seed
    assert seeds[2] != people[0].face_seed != seeds[4]
    assert seeds == distinct_face_seeds(people, reseed)


def test_casting_makes_the_likest_pairs_less_alike():
    people = [look(k % 8, face_seed=900 + k) for k in range(60)]
    seeds = distinct_face_seeds(people, reseed)
    again = [a.model_copy(update={"face_seed": seed}) for a, seed in zip(people, seeds, strict=True)]

    def likest(appearances: list) -> float:
        table = np.stack([likeness(a) for a in appearances])
        return float(np.sort((table @ table.T)[np.triu_indices(len(table), 1)])[-40:].mean())

    assert likest(again) < likest(people) - 0.02


def test_one_is_like_oneself_more_than_like_anybody_else():
    table = np.stack([likeness(look(k)) for k in range(1, 40, 2)])
    cosines = table @ table.T
    assert np.allclose(np.diag(cosines), 1)
    assert (cosines[~np.eye(len(table), dtype=bool)] < 0.99).all()


def test_sex_and_ancestry_weigh_in_likeness():
    women, men = ([likeness(look(1, face_seed=k, sex=sex)) for k in range(12)] for sex in ("female", "male"))
    within = np.mean([a @ b for i, a in enumerate(women) for b in women[:i]])
    between = np.mean([a @ b for a in women for b in men])
    assert within > between


def test_directions_are_whole_steps_whose_products_are_exact():
    whole = rounded(likeness(look(4)))
    assert (whole == np.rint(whole)).all()
    assert abs(np.sqrt((whole**2).sum()) / STEPS - 1) < 0.01


def test_features_are_finite_and_on_one_scale():
    spread = np.stack([features(look(k)) for k in range(60)]).std(0)
    assert np.isfinite(spread).all()
    assert spread.max() < 4


def test_nobody_to_compare():
    assert distinct_face_seeds([], lambda k, attempt: 0) == []
    assert likest_allowed(0) < likest_allowed(500) < likest_allowed(5000) < likest_allowed(10**9) < 1
    assert attempts_for(0) == attempts_for(500) > attempts_for(5000) >= attempts_for(50_000) > 0
