import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from mllmu.builder.portraits.sitter import rotation
from mllmu.builder.portraits.views import ACTIONS_OF_EXPRESSIONS, BACKGROUNDS, EXPRESSIONS, LIGHTS, make_setting
from portrait_people import look


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 2**40))
def test_portrait_is_near_frontal_and_views_turn_to_both_sides(seed):
    appearance = look(1, face_seed=seed)
    views = [make_setting(appearance, number).view for number in range(4)]
    assert abs(views[0].yaw) <= 5
    assert all(abs(view.yaw) >= 12 for view in views[1:])
    assert {np.sign(view.yaw) for view in views[1:3]} == {-1, 1}
    for view in views:
        assert view.expression in EXPRESSIONS
        assert view.light in LIGHTS
        assert view.background in BACKGROUNDS


def test_every_action_of_an_expression_is_in_the_basis():
    from mllmu.builder.portraits.head.basis import load

    assert set(ACTIONS_OF_EXPRESSIONS) <= set(load().index)


def test_positive_yaw_turns_the_nose_to_the_viewers_right():
    assert (rotation(20, 0, 0) @ np.array([0, 0, 1.0]))[0] > 0.3


def test_positive_pitch_looks_up():
    assert (rotation(0, 20, 0) @ np.array([0, 0, 1.0]))[1] > 0.3


def test_positive_roll_tips_the_crown_to_the_viewers_right():
    assert (rotation(0, 0, 20) @ np.array([0, 1.0, 0]))[0] > 0.3
