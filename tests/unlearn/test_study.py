"""The whole study as one run: what is planned, what is done, and that it is done once."""

import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner
from mllmu.errors import UsageError
from mllmu.unlearn.commands.reproduce import command
from mllmu.unlearn.release import Source
from mllmu.unlearn.study import Part, Study, seconds_left

SETTINGS = "[finetune]\nepochs = 2\nlr = 1e-2\n[ga]\nepochs = 1\n[kl_min]\nepochs = 1\n"


def run(*args: object) -> tuple[list[str], str]:
    """(plan or progress, line by line; table) of one run."""
    done = CliRunner().invoke(command, [str(arg) for arg in args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stderr.splitlines(), done.stdout


def plan(*args: object, out: Path) -> list[list[str]]:
    lines, table = run("--data", "no/where", "--out", out, "--dry-run", *args)
    assert not table
    return [line.split() for line in lines[:-1]]


def test_lists_are_written_with_spaces_or_one_by_one(tmp_path):
    spaces = plan("--forget", "05", "10", "--methods", "ga", "npo", "--seeds", 1, out=tmp_path)
    assert spaces == plan(
        "--forget", "10", "--forget", "05", "--methods", "ga", "--methods", "npo", "--seeds", "1", out=tmp_path
    )
    assert spaces != plan("--forget", "05", "--methods", "ga", "npo", "--seeds", "1", out=tmp_path)


def test_dry_run_names_everything_once_and_does_nothing(tmp_path):
    found = plan("--forget", "05", "10", "15", "--methods", "all", "--modality", "both", "--seeds", "3", out=tmp_path)
    assert len({tuple(line) for line in found}) == len(found)
    kinds = [line[0] for line in found]
    assert kinds.count("base") == 1
    assert kinds.count("finetune") == 3 * (1 + 3)  # vanilla, and retain-only of each ratio
    assert kinds.count("unlearn") == 3 * 3 * (4 * 2 + 1)  # prompting trains nothing, so it has no second modality
    assert kinds.count("evaluate") == 3 * 2 + 3 * 3 * (3 + 9)
    assert not [*tmp_path.iterdir()]


def test_each_model_is_made_before_it_is_evaluated(tmp_path):
    study = Study("reference", Source("x"), tmp_path, (5, 10), ("ga", "npo"), ("multimodal", "text"), 2)
    made: list[str] = []
    for part in study.parts():
        if part.kind in ("finetune", "unlearn"):
            made.append(part.name)
        elif part.kind == "evaluate":
            ratio, name = part.name.split("/")
            wanted = {"vanilla": name, "blind": name.replace("blind", "vanilla")}.get(name.split("-")[0])
            wanted = wanted or f"{ratio}-{name}"
            if name.startswith("retain"):
                wanted = name.replace("retain", f"retain_{100 - int(ratio)}")
            assert wanted in made or name in ("base", "chance")


def test_time_left_is_known_once_each_kind_was_seen(tmp_path):
    def part(kind, name, text=None):
        proof = tmp_path / name
        if text:
            proof.write_text(text)
        return Part(kind, name, proof, lambda: None)

    parts = [part("finetune", "a", '{"minutes": 2}'), part("evaluate", "b"), part("evaluate", "c")]
    assert seconds_left(parts) is None
    parts[1].proof.write_text('{"seconds": 30}')
    assert seconds_left(parts) == 30
    parts[2].proof.write_text('{"seconds": 60}')
    assert seconds_left(parts) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[nope]\n", r"no table \[nope\]"),
        ("[ga]\nseed = 3\n", "--seeds"),
        ("[ga]\nlearning = 3\n", "learning"),
        ("[ga]\nrehearse = 3\n", "rehearse is no setting of unlearn"),
        ("[ga\n", "not TOML"),
    ],
)
def test_mistakes_in_settings_are_named_before_anything_is_done(text, message, tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text(text)
    line = ["--data", "x", "--out", str(tmp_path / "study"), "--settings", str(path), "--methods", "ga"]
    with pytest.raises(UsageError, match=message):
        CliRunner().invoke(command, line, catch_exceptions=False, standalone_mode=False)
    assert not (tmp_path / "study").exists()


def test_a_study_is_of_one_thing(tmp_path):
    def study(**more) -> Study:
        told = {"model": "m", "source": Source("x"), "out": tmp_path, "ratios": (5,), "methods": ("ga",), **more}
        return Study(**told)

    study().begin()
    study(methods=("npo",), settings={"npo": {"lr": 1.0}}, seeds=3, ratios=(5, 10)).begin()
    for more, what in (
        ({"source": Source("y")}, "data"), ({"model": "n"}, "model"), ({"people": 9}, "retain_people"),
        ({"settings": {"ga": {"lr": 1.0}}}, r"\[ga\]"), ({"settings": {"finetune": {"lr": 1.0}}}, r"\[finetune\]"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=f"of another study.*{what}"):
            study(**more).begin()
    (tmp_path / "ga.py").write_text("class Method:\n    def loss(self, forget): ...\n")
    with pytest.raises(UsageError, match="two methods are called ga"):
        study(methods=("ga", str(tmp_path / "ga.py"))).begin()


def test_what_is_about_pictures_is_not_run_on_text(tmp_path):
    found = plan("--forget", "05", "--methods", "siu", "--modality", "both", "--seeds", "1", out=tmp_path)
    assert [line[1] for line in found if line[0] == "unlearn"] == ["05-siu-s0"]
    line = ["--data", "x", "--out", str(tmp_path), "--methods", "siu", "--modality", "text"]
    with pytest.raises(UsageError, match="siu is about pictures"):
        CliRunner().invoke(command, line, catch_exceptions=False, standalone_mode=False)


@pytest.fixture(scope="module")
def line(family, release, tmp_path_factory):
    """A small study: the options, and its folder."""
    folder = tmp_path_factory.mktemp("study")
    settings = folder / "settings.toml"
    settings.write_text(SETTINGS)
    out = folder / "study"
    options = ["--data", release, "--model", family("llava"), "--forget", "10", "--seeds", "1"]
    return [*options, "--modality", "both", "--settings", settings, "--out", out], out


@pytest.mark.slow
def test_study_runs_once_and_grows(line):
    """What is on record is not done again; one method more is its models and their evaluations."""
    options, out = line
    said, table = run(*options, "--methods", "ga", "prompting")
    assert [text for text in said if text.startswith("[")]
    assert "GA" in table or "ga" in table
    assert {"table.md", "table.csv", "table.tex", "table.json"} <= {path.name for path in out.iterdir()}
    assert [*(out / "figures").glob("*.png")] or importlib.util.find_spec("matplotlib") is None
    stamps = {path: path.stat().st_mtime_ns for path in out.rglob("run.json")}
    assert {path.parent.name for path in stamps} == {
        "chance", "base", "vanilla-s0", "blind-s0", "retain-s0", "retain_90-s0", "prompting-s0", "10-prompting-s0",
        "ga-s0", "10-ga-s0", "ga-text-s0", "10-ga-text-s0",
    }  # fmt: skip
    said, again = run(*options, "--methods", "ga", "prompting")
    assert again == table
    assert not [text for text in said if text.startswith("[")]
    said, more = run(*options, "--methods", "ga", "prompting", "kl_min")
    assert [text.split()[2].strip(",") for text in said if text.startswith("[")] == [
        "10-kl_min-s0", "10/kl_min-s0", "10-kl_min-text-s0", "10/kl_min-text-s0",
    ]  # fmt: skip
    assert more != table
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
