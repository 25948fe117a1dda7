"""What each check of people and pictures finds."""

import io

import pytest
from mllmu.builder.checks.base import EXAMPLES
from mllmu.builder.checks.run import run_checks


def first(rows, count: int) -> list[str]:
    return list(rows["profiles"])[:count]


def born(rows) -> int:
    return int(rows.facts()["Date of Birth"][:4])


def redraw(rows, side: int = 256, mode: str = "RGB", height: int | None = None) -> None:
    from PIL import Image

    file = io.BytesIO()
    Image.effect_noise((side, height or side), 90).convert(mode).save(file, "JPEG")
    rows["profiles"]["001"]["image"]["bytes"] = file.getvalue()


def saved_again(rows) -> None:
    """The portrait of 001 for 002, once more through JPEG at another quality."""
    from PIL import Image

    file = io.BytesIO()
    Image.open(io.BytesIO(rows["profiles"]["001"]["image"]["bytes"])).save(file, "JPEG", quality=60)
    rows["profiles"]["002"]["image"]["bytes"] = file.getvalue()


def cut_short(cell) -> None:
    cell["bytes"] = cell["bytes"][: len(cell["bytes"]) // 2]


def views(rows) -> list:
    return rows["test"]["001"]["views"]


def images(rows) -> list:
    return rows["test"]["001"]["images"]


def star_name(rows) -> str:
    import json

    return json.loads(rows["celebrity"]["C001"]["biography"])["Name"]


CASES = [
    ("names", lambda r: r.fact("Name", r.facts("002")["Name"].upper()), "002: "),
    ("names", lambda r: r.fact("Name", star_name(r)), "001: bears the name of the celebrity Famous"),
    ("names", lambda r: r.fact("Name", "Marie Curie"), "001: bears a known person's name: Marie Curie"),
    ("names", lambda r: r.fact("Name", "Ana"), "'Ana' is no full name"),
    ("names", lambda r: r.fact("Name", "Анна Петрова"), "is not in Latin script"),
    ("names", lambda r: r.fact("Name", r.facts()["Parents"]["Father"]["Name"]), "two in the family have one name"),
    ("chronology", lambda r: r.fact("Date of Birth", "2010-05-01"), "which makes 14 years of age"),
    ("chronology", lambda r: r.fact("Education.Year", born(r) + 16), "yet graduated in"),
    ("chronology", lambda r: r.fact("Education.Year", 2031), "after the reference date"),
    ("chronology", lambda r: r.fact("Parents.Mother.Birth Year", born(r) - 12), "the mother was born 12 years before"),
    ("chronology", lambda r: r.fact("Parents.Father.Birth Year", born(r) - 90), "the father was born 90 years before"),
    ("plausible", lambda r: r.fact("Height", 212), "212 cm is no plausible height of a female person"),
    ("plausible", lambda r: r.fact("Annual Salary", 9_000_000), "$9,000,000 a year"),
    ("plausible", lambda r: r.fact("Occupation", "eye surgeon"), "works as eye surgeon with diploma crafts"),
    ("plausible", lambda r: r.fact("Name", "Xq Wfj"), "shares no part of the name with either parent"),
    ("plausible", lambda r: r.fact("Biography", "He likes his job."), "with the pronouns of the other sex"),
    ("balance", lambda r: [r.fact("Employer", "Acme", w) for w in first(r, 8)], "employer 'Acme' is had by 8 of 40"),
    (
        "balance",
        lambda r: [r.fact("Residence.Country", "Peru", w) for w in first(r, 9)],
        "'Peru' is had by 9",
    ),
    ("balance", lambda r: [r.fact("Medical Condition", "none", w) for w in first(r, 8)], "'none' is had by 8 of 40"),
    ("balance", lambda r: [r.fact("Gender", "male", w) for w in first(r, 40)], "0 of 40 people are female"),
    ("portraits", lambda r: r["profiles"]["001"].update(image=None), "001: the portrait is missing"),
    ("portraits", lambda r: cut_short(r["profiles"]["001"]["image"]), "001: the portrait does not decode"),
    ("portraits", lambda r: r["profiles"]["001"]["image"].update(bytes=b"GIF89a"), "the portrait does not decode"),
    ("portraits", lambda r: redraw(r, mode="L"), "is of mode L, not RGB"),
    ("portraits", lambda r: redraw(r, height=300), "is not square: 256 x 300 px"),
    ("portraits", lambda r: redraw(r, side=128), "is 128 px, less than 256"),
    ("portraits", lambda r: r["profiles"]["002"].update(image=r["profiles"]["001"]["image"]), "same portrait as"),
    ("portraits", saved_again, "same portrait as"),
    ("portraits", lambda r: r.every("portrait_source", "none", "profiles", "test"), "yet portrait_source is none"),
    ("portraits", lambda r: r["test"]["001"].update(portrait_source="folder"), "names another portrait source"),
    ("portraits", lambda r: cut_short(r["celebrity"]["C001"]["image"]), "C001: the portrait does not decode"),
    ("poses", lambda r: [images(r).pop(), views(r).pop()], "2 re-posed pictures, 2 poses; expected 3 of each"),
    ("poses", lambda r: cut_short(images(r)[1]), "001: re-posed picture 2 does not decode"),
    ("poses", lambda r: views(r)[0].update(yaw=3.0), "re-posed picture 1 is turned by 3.0 degrees"),
    ("poses", lambda r: views(r).__setitem__(0, None), "the pose of picture 1 is missing"),
    (
        "poses",
        lambda r: images(r).__setitem__(0, r["profiles"]["001"]["image"]),
        "picture 1 is the same as the portrait",
    ),
    ("poses", lambda r: images(r).__setitem__(2, images(r)[1]), "picture 3 is the same as re-posed picture 2"),
    ("poses", lambda r: r.every("portrait_source", "none", "test"), "3 re-posed pictures, yet portrait_source is none"),
]


@pytest.mark.parametrize(("check", "spoil", "says"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_finds(finds, check, spoil, says):
    finds(check, spoil, says)


def test_a_text_only_release_has_no_pictures_to_try(bench, tmp_path):
    rows = bench.rows()
    rows.every("portrait_source", "none", "profiles", "test")
    rows.every("image", None, "profiles", "celebrity")
    rows.every("view", None, "profiles")
    rows.every("images", [], "test")
    rows.every("views", [], "test")
    for result in run_checks(bench.write(tmp_path, rows, card=False), only=["portraits", "poses"]):
        assert (result.tried, result.failed, result.examples) == (0, 0, ())


def test_a_source_that_knows_no_poses_may_leave_them_out(bench, tmp_path):
    rows = bench.rows()
    rows.every("portrait_source", "folder", "profiles", "test")
    rows.every("views", [None] * 3, "test")
    assert not run_checks(bench.write(tmp_path, rows, card=False), only=["poses"])[0].failed


def test_all_findings_are_counted_and_a_few_are_shown(bench, tmp_path):
    rows = bench.rows()
    for who in rows["profiles"]:
        rows.fact("Annual Salary", 9_000_000, who)
    [result] = run_checks(bench.write(tmp_path, rows, card=False), only=["plausible"])
    assert (result.failed, len(result.examples)) == (40, EXAMPLES)
