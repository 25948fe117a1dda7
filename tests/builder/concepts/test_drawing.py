"""What is drawn: whole pictures, the same from the same seed, others from another."""

import io
import random
from functools import partial

import numpy as np
import pytest
from mllmu.builder.concepts.cast import draw_concepts
from mllmu.builder.concepts.draw.banner import CLOTH
from mllmu.builder.concepts.draw.canvas import Canvas, as_image, ellipse, turned
from mllmu.builder.concepts.draw.character import draw_character
from mllmu.builder.concepts.draw.charges import CHARGES
from mllmu.builder.concepts.draw.emblem import FIELDS, SHAPES, draw_emblem, emblem_art
from mllmu.builder.concepts.draw.finish import FINISHES, cropped
from mllmu.builder.concepts.draw.flag import LAYOUTS, draw_flag, flag_art
from mllmu.builder.concepts.draw.lay import lay, warp
from mllmu.builder.concepts.draw.media import MEDIA
from mllmu.builder.concepts.draw.motifs import MOTIFS, motif
from mllmu.builder.concepts.draw.people import LONG_AGO, setting_of, sitting_look
from mllmu.builder.concepts.draw.scenes import LOOKS, character_picture
from mllmu.builder.concepts.draw.style import PALETTES, TECHNIQUES, Style, style_picture
from mllmu.builder.concepts.groups import composed, plan_groups
from mllmu.builder.concepts.pictures import keys_of, picture_jobs
from mllmu.builder.concepts.render import Job, Shot, _finished
from mllmu.builder.concepts.settings import make_concept_settings
from PIL import Image

SIDE = 96


def emblem():
    return emblem_art(draw_emblem(random.Random(1), "shield", "rays", "key"), 128)


def flag():
    return flag_art(draw_flag(random.Random(1), "canton", "bird"), 128)


def ways():
    """Every way that a picture is made: name, function of size and chance."""
    for name, medium in {**MEDIA, **CLOTH}.items():
        yield pytest.param(lambda s, r, m=medium: m(flag() if m in CLOTH.values() else emblem(), s, r), id=name)
    design = draw_character(random.Random(1), 3)
    for name in LOOKS:
        yield pytest.param(partial(lambda s, r, n: character_picture(design, n, s, r), n=name), id=name)
    for name in TECHNIQUES:
        style = Style(technique=name, palette=next(iter(PALETTES)))
        yield pytest.param(partial(lambda s, r, st: style_picture(st, "village", s, r), st=style), id=name)
    for name in MOTIFS:
        yield pytest.param(partial(lambda s, r, n: motif(n, s, r), n=name), id=name)
    for name, finish in FINISHES.items():
        if name != "as taken":
            yield pytest.param(lambda s, r, f=finish: f(motif("cat", s, np.random.default_rng(0)), r), id=name)


@pytest.mark.parametrize("draw", list(ways()))
def test_each_way_draws_a_whole_picture_that_its_seed_decides(draw):
    first, again, other = (draw(SIDE, np.random.default_rng(seed)) for seed in (5, 5, 6))
    assert first.shape == (SIDE, SIDE, 3)
    assert np.isfinite(first).all()
    assert (first == again).all()
    shown, shown_other = (np.asarray(as_image(p), np.int16) for p in (first, other))
    assert np.ptp(shown) > 60, "next to nothing is seen"
    if draw.__class__ is not partial and "sepia" not in str(draw):
        assert (shown != shown_other).any()


@pytest.mark.parametrize("name", CHARGES)
def test_every_symbol_stays_in_its_square(name):
    for part in CHARGES[name]():
        assert np.abs(part.points).max() <= 1.2


def test_all_shapes_fields_and_layouts_differ():
    rng = random.Random
    arts = [emblem_art(draw_emblem(rng(2), shape, "plain", "star"), 48) for shape in SHAPES]
    arts += [emblem_art(draw_emblem(rng(2), "round", field, "star"), 48) for field in list(FIELDS)[1:]]
    assert len({art.tobytes() for art in arts}) == len(SHAPES) + len(FIELDS) - 1
    flags = {flag_art(draw_flag(rng(2), layout, "star"), 48).tobytes() for layout in LAYOUTS}
    assert len(flags) == len(LAYOUTS)


def test_a_canvas_covers_what_is_drawn():
    canvas = Canvas(64)
    canvas.polygon([(-1, -1), (0, -1), (0, 1), (-1, 1)], (1, 0, 0))
    art = canvas.array()
    assert art[..., 3].mean() == pytest.approx(0.5, abs=0.01)  # the left half
    assert art[32, 10, :3] == pytest.approx([1, 0, 0])


def test_an_ellipse_turns_clockwise():
    assert turned([(1, 0)], 90)[0] == pytest.approx([0, 1])  # y points down
    assert np.ptp(ellipse(0, 0, 2, 1, turn=90), axis=0) == pytest.approx([2, 4], abs=0.01)


def test_a_warp_moves_corners_where_they_shall_be():
    art = np.zeros((10, 10, 4), np.float32)
    art[:, :5], art[:, 5:] = (1, 0, 0, 1), (0, 0, 1, 1)
    box = np.array([(0, 0), (10, 0), (10, 10), (0, 10)], float)
    out = warp(art, box[:, ::-1] * 2, box, 20)  # mirrored on the diagonal: the red half comes to the top
    assert out[3, 10, :3] == pytest.approx([1, 0, 0], abs=0.05)
    assert out[16, 10, :3] == pytest.approx([0, 0, 1], abs=0.05)


def test_laid_art_stays_in_the_picture():
    for seed in range(20):
        alpha = lay(emblem(), SIDE, np.random.default_rng(seed))[..., 3]
        assert max(alpha[0].max(), alpha[-1].max(), alpha[:, 0].max(), alpha[:, -1].max()) < 0.5


def test_a_crop_enlarges_by_what_it_says():
    picture = np.zeros((SIDE, SIDE, 3), np.float32)
    picture[:, ::2] = 1
    zooms = [cropped(picture, np.random.default_rng(k), 1.5)[1] for k in range(30)]
    assert min(zooms) == 1.0
    assert 1.2 < max(zooms) <= 1.5


def test_too_bright_a_picture_is_cut_off_before_it_ages():
    """A highlight above 1, raised to a power, was a patch of rainbow."""
    job = Job(next(iter(draw_concepts(make_concept_settings({"n": 1, "mix": "emblem=1"})))).design, 7, SIDE, ())
    glaring = np.full((SIDE, SIDE, 3), 1.3, np.float32)
    finishes = set()
    for number in range(60):
        drawn = _finished(job, Shot(f"K001/{number:03d}", number, 0), glaring, "neon sign", 1.2, None)
        finishes.add(drawn.meta["finish"])
        if drawn.meta["finish"] == "overexposed":
            assert np.asarray(Image.open(io.BytesIO(drawn.data))).min() > 245
    assert "overexposed" in finishes


# -- people


@pytest.fixture(scope="module")
def people():
    return draw_concepts(make_concept_settings({"n": 4, "mix": "person=1"}))


def test_a_sitting_changes_clothes_and_years_and_nothing_else(people):
    look = people[0].design
    assert sitting_look(look, 0) == look
    others = [sitting_look(look, k) for k in range(1, 30)]
    assert {(o.face_seed, o.hair_style, o.glasses, o.eye_colour) for o in others} == {
        (look.face_seed, look.hair_style, look.glasses, look.eye_colour)
    }
    assert all(0 <= look.age - o.age <= LONG_AGO for o in others)
    assert len({(o.clothing, o.clothing_colour) for o in others}) > 12


def test_poses_turn_to_both_sides_and_never_repeat(people):
    views = [setting_of(people[0].design, k).view for k in range(50)]
    yaws = [view.yaw for view in views]
    assert min(yaws) < -20
    assert max(yaws) > 20
    assert len(set(yaws)) > 45
    assert len({view.light for view in views}) >= 5


def test_what_decides_a_picture_is_in_its_key(people):
    settings = make_concept_settings({"n": 4, "mix": "person=1", "pictures": 6, "teach": 0})
    jobs = picture_jobs(settings, people)
    assert [len(job.shots) for job in jobs] == [5, 1] * 4  # a sitting is five pictures
    keys = [key for job in jobs for key in keys_of(job).values()]
    larger = [key for job in jobs for key in keys_of(job._replace(size=320)).values()]
    assert len({*keys, *larger}) == 48


def test_groups_hold_the_forgotten_one_and_take_their_sizes_in_turn(people):
    concepts = [entry.concept for entry in people]
    groups = plan_groups(concepts, 3, 0)
    assert [len(group.people) for group in groups] == [2, 3, 4] * 4
    assert all(group.target in group.people and len(set(group.people)) == len(group.people) for group in groups)
    assert plan_groups(concepts[:1], 3, 0) == []
    assert plan_groups(concepts, 3, 0) == groups


def test_everybody_in_a_composed_picture_is_in_their_box(people):
    concepts = {entry.concept.id: entry for entry in people}
    for group in plan_groups([entry.concept for entry in people], 3, 0)[:3]:
        parts, colours = {}, {}
        for k, person in enumerate(group.people):
            colours[person.id] = np.array([(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)][k])
            canvas = Canvas(64)
            canvas.polygon(ellipse(0, -0.14, 0.4, 0.6), colours[person.id] / 255)
            file = io.BytesIO()
            as_image(canvas.array()).save(file, "PNG")
            parts[person.id] = file.getvalue()
        data, placed = composed(group, parts, concepts[group.target.id].design, 256)
        picture = np.asarray(Image.open(io.BytesIO(data)), np.int16)
        assert picture.shape == (384, 384, 3)
        assert [who.concept for who in placed] == list(group.people)
        for who in placed:
            left, top, right, bottom = (round(384 * v) for v in who.box)
            inside = picture[(top + bottom) // 2 - 40 : (top + bottom) // 2, left:right]
            assert (np.abs(inside - colours[who.concept.id]).max(-1) < 40).mean() > 0.3
