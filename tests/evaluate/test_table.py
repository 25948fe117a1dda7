"""The table says what the records say, in every format; and `show` what was answered."""

import csv
import io
import json
import re

import click
import pytest
from click.testing import CliRunner
from mllmu.errors import FindingsError, UsageError
from mllmu.evaluate.commands.show import command as show
from mllmu.evaluate.commands.table import command as table
from mllmu.evaluate.report.gather import find, studies
from mllmu.evaluate.report.table import build


def run(command, *args: object, width: int = 300) -> str:
    found = CliRunner().invoke(command, [str(a) for a in args], env={"COLUMNS": str(width)}, catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.fixture(scope="module")
def built(study):
    (one,) = studies(find([study]))
    return build(one, "both")


def test_rows_are_in_the_papers_order_and_seeds_are_one_row(built):
    names = [row.name for row in built.rows]
    assert names == ["Chance", "Blind", "Base", "Retain-only", "Vanilla", "GA", "GA (text)", "Prompting",
                     "Prompting (text)", "NPO", "NPO (text)"]  # fmt: skip
    assert {row.name: row.seeds for row in built.rows}["NPO"] == 2


def test_a_cell_is_the_mean_of_its_records(study, built):
    (row,) = [r for r in built.rows if r.name == "GA (text)"]
    scores = [
        record.scores["exact"]
        for result in find([study / "ga-text-0", study / "ga-text-1"])
        for record in result.records
        if record.set == "retain" and record.task == "cloze"
    ]
    cell = row.cells["retain", "exact"]
    assert cell.score.mean == pytest.approx(sum(scores) / len(scores))
    assert (cell.score.people, cell.score.questions) == (8, 32)


def test_a_metric_that_nobody_has_is_no_column(built):
    assert [metric for name, metric in built.columns if name == "test"] == ["accuracy", "rouge_l_f1", "exact"]


def test_what_forgot_is_told_from_vanilla_and_what_did_not_is_greyed(built):
    rows = {row.name: row for row in built.rows}
    assert not rows["GA"].cells["forget", "accuracy"].noise
    assert rows["Prompting"].cells["forget", "accuracy"].noise
    assert rows["Vanilla"].cells["forget", "accuracy"].p is None  # nobody is compared with themselves
    assert rows["GA"].cells["forget", "accuracy"].differences["retain"].value == pytest.approx(
        rows["GA"].cells["forget", "accuracy"].score.mean - rows["Retain-only"].cells["forget", "accuracy"].score.mean
    )


def test_p_values_are_corrected_for_the_methods_of_a_column(built):
    methods = [row for row in built.rows if row.role == "unlearned"]
    cells = [row.cells["test", "rouge_l_f1"] for row in methods]
    least = min(cells, key=lambda cell: cell.differences["vanilla"].p)
    assert least.p == pytest.approx(len(methods) * least.differences["vanilla"].p)
    assert all(cell.p >= cell.differences["vanilla"].p for cell in cells)


def test_forget_quality_tells_who_still_knows(built):
    quality = {row.name: row.quality for row in built.rows}
    assert quality["Vanilla"].p < 1e-6 < quality["GA"].p
    assert quality["Chance"] is None


def test_terminal_fits_a_wide_and_a_narrow_one(study):
    wide, narrow = run(table, study), run(table, study, width=80)
    assert max(map(len, narrow.splitlines())) <= 80
    assert max(map(len, wide.splitlines())) <= 300
    assert len(narrow.splitlines()) > 2 * len(wide.splitlines())
    assert wide.count("Celebrity") == narrow.count("Celebrity")


def test_noise_shows_without_colour_and_is_dim_with_it(study):
    found = CliRunner().invoke(table, [str(study)], env={"COLUMNS": "300"}, color=True, catch_exceptions=False)
    (line,) = [line for line in found.output.splitlines() if line.startswith("Prompting x2")]
    assert "\x1b[2m" in line
    assert "~" in click.unstyle(line)
    (line,) = [line for line in found.output.splitlines() if line.startswith("Vanilla x2")]
    assert "~" not in line
    assert "\x1b" not in line


def test_markdown_is_a_table(study):
    lines = [line for line in run(table, study, "--format", "markdown").splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1
    assert len(lines) == 2 + 11
    assert "*(" in "".join(lines)


def test_latex_is_balanced_and_escaped(study):
    text = run(table, study, "--format", "latex")
    assert text.count("{") == text.count("}")
    assert len(re.findall(r"\\begin\{(\w+\*?)\}", text)) == len(re.findall(r"\\end\{(\w+\*?)\}", text))
    assert not re.search(r"(?<!\\)%", text.split("\n", 1)[1])
    columns = {
        len(re.split(r"(?<!\\)&", line)) for line in text.splitlines() if line.endswith(r"\\") and "multi" not in line
    }
    assert columns == {14}
    assert r"\textcolor{gray}" in text


def test_csv_and_json_have_every_number(study, built):
    lines = list(csv.DictReader(io.StringIO(run(table, study, "--format", "csv"))))
    (told,) = json.loads(run(table, study, "--format", "json"))
    assert len(lines) == sum(len(row["cells"]) for row in told["rows"]) == sum(len(row.cells) for row in built.rows)
    (line,) = [x for x in lines if (x["method"], x["set"], x["metric"]) == ("NPO", "forget", "accuracy")]
    cell = next(row for row in built.rows if row.name == "NPO").cells["forget", "accuracy"]
    assert float(line["mean"]) == cell.score.mean
    assert float(line["from_vanilla"]) == cell.differences["vanilla"].value
    assert float(line["p_holm"]) == cell.p


def test_each_modality_has_a_table_of_its_own(study):
    tables = json.loads(run(table, study, "--format", "json", "--modality", "each"))
    assert [t["modality"] for t in tables] == ["image", "text"]
    one = tables[0]["rows"][0]["cells"][0]
    assert one["questions"] == 40  # 8 people, 5 questions


def test_differences_are_signed(study):
    assert re.search(r"GA x2 +-\d", run(table, study, "--difference"))


def test_stand_ins_are_said_to_be(maker, tmp_path):
    records = maker.make_records(1, 4)
    maker.write_run(tmp_path / "a", records, role="vanilla", celebrity_pictures="stand-in")
    for style in ("terminal", "markdown", "latex"):
        assert "Celebrity (stand-in)" in run(table, tmp_path / "a", "--modality", "image", "--format", style)
    assert "stand-in" not in run(table, tmp_path / "a", "--modality", "text")
    maker.write_run(tmp_path / "b", records, role="vanilla", celebrity_pictures="licensed")
    assert "stand-in" not in run(table, tmp_path / "b")


def test_nothing_to_compare_with_is_said(maker, tmp_path):
    maker.write_run(tmp_path / "a", maker.make_records(1, 3))
    assert "no results of vanilla" in run(table, tmp_path)
    maker.write_run(tmp_path / "b", maker.make_records(2, 3), role="vanilla")
    assert "no results of vanilla" not in run(table, tmp_path)
    assert "no results of vanilla" not in run(table, tmp_path / "b")


def test_rows_asked_in_different_ways_are_said_to_be(maker, tmp_path):
    for k, choice in enumerate(("letter", "text")):
        maker.write_run(tmp_path / choice, maker.make_records(k, 3), seed=k, choice=choice)
    assert "Not comparable" in run(table, tmp_path)


def test_runs_that_differ_in_more_than_the_seed_are_said_to(maker, tmp_path):
    for seed, rate in ((0, 1e-3), (1, 2e-3)):
        request = {"settings": {"seed": seed, "lr": rate}}
        maker.write_run(tmp_path / str(seed), maker.make_records(3, 3), model_record={"request": request})
    assert "the runs of NPO differ in lr" in " ".join(run(table, tmp_path).split())


def test_results_of_other_people_are_said_to_be(maker, tmp_path):
    records = maker.make_records(1, 3)
    maker.write_run(tmp_path / "a", records, role="vanilla")
    assert "other people" not in run(table, tmp_path)
    maker.write_run(tmp_path / "b", [one.model_copy(update={"expected": "?"}) for one in records])
    assert "is of other people than the rest" in " ".join(run(table, tmp_path).split())


def test_evaluations_of_concepts_are_left_to_their_own_table(maker, tmp_path):
    maker.write_run(tmp_path / "people", maker.make_records(1, 3), role="vanilla")
    maker.write_run(tmp_path / "concepts", [], concepts=["K001"])
    assert len(find([tmp_path])) == 1
    with pytest.raises(UsageError, match="mllmu-evaluate concepts"):
        find([tmp_path / "concepts"])


def test_seed_and_modality_are_those_of_the_training(maker, tmp_path):
    for seed in (3, 4):
        request = {"modality": "text", "settings": {"seed": seed}}
        maker.write_run(
            tmp_path / str(seed), maker.make_records(seed, 3), modality=None, seed=0, label="npo",
            model_record={"request": request},
        )  # fmt: skip
    (study,) = studies(find([tmp_path]))
    (row,) = study.rows
    assert row.name == "NPO (text)"
    assert list(row.results) == [3, 4]


def test_the_same_method_and_seed_twice_is_refused_unless_labelled(maker, tmp_path):
    for name in ("a", "b"):
        maker.write_run(tmp_path / name, maker.make_records(1, 2))
    with pytest.raises(UsageError, match="both NPO, seed 0"):
        studies(find([tmp_path]))
    maker.write_run(tmp_path / "c" / "d", maker.make_records(1, 2), label="npo, beta .1")
    (study,) = studies(find([tmp_path / "a", tmp_path / "c"]))
    assert [row.name for row in study.rows] == ["NPO", "npo, beta .1"]


def test_a_folder_given_twice_counts_once(study):
    assert len(find([study / "base", study / "base", study])) == len(find([study]))


def test_forget_ratios_are_tables_of_their_own(maker, tmp_path):
    for ratio in ("05", 10):
        maker.write_run(tmp_path / str(ratio), maker.make_records(1, 2), forget=ratio)
    assert [study.forget for study in studies(find([tmp_path]))] == ["05", "10"]


def test_a_folder_without_results_is_named(tmp_path):
    with pytest.raises(UsageError, match="no finished evaluation"):
        find([tmp_path])


def test_an_unknown_metric_gets_the_nearest_name(study):
    with pytest.raises(UsageError, match="Did you mean 'rouge_l_f1'"):
        run(table, study, "--metric", "rouge_l_f")


def test_show_puts_the_questions_they_differ_on_first_and_fits(study):
    text = run(show, study, "--n", 2, width=60)
    assert max(map(len, text.splitlines())) <= 60
    assert len(set(re.findall(r"person (\d+)", text))) == 2  # one question a person
    assert "Blind" not in text
    first = text.split("\n\n")[0]
    assert "1.00" in first
    assert "0.20" in first


def test_show_as_json_and_for_one_person(study):
    told = json.loads(run(show, study, "--id", "003", "--task", "cloze", "--modality", "text", "--json", "--n", 9))
    assert len(told) == 2
    assert {case["id"] for case in told} == {"003"}
    assert [a["name"] for a in told[0]["answers"]][:2] == ["Base", "Retain-only"]


def test_show_says_when_there_is_nothing(study):
    with pytest.raises(FindingsError, match="no such question"):
        run(show, study, "--id", "999")
