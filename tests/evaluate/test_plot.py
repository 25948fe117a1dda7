"""Figures: written whole, the same again, with every method and nothing hidden."""

import json
import subprocess
import sys
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("matplotlib")
from mllmu.evaluate.commands.plot import command
from mllmu.evaluate.report.gather import find, studies
from mllmu.evaluate.report.plots.modality import modality
from mllmu.evaluate.report.plots.style import looks, save
from mllmu.evaluate.report.plots.tradeoff import tradeoff


@pytest.fixture(scope="module")
def one(study):
    (found,) = studies(find([study]))
    return found


@pytest.fixture(scope="module")
def drawn(one) -> dict[str, Any]:
    return {"tradeoff": tradeoff(one, "both"), "modality": modality(one, "forget")}


def plot(*args: object):
    return CliRunner().invoke(command, [str(a) for a in args], catch_exceptions=False)


def test_files_are_written_and_are_the_same_again(study, tmp_path):
    some = [study / name for name in ("vanilla-0", "retain-0", "ga-multimodal-0", "ga-text-0")]
    for folder in ("a", "b"):
        done = plot(*some, "--out", tmp_path / folder, "--format", "svg", "--metric", "accuracy")
        assert done.exit_code == 0
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert names == ["modality-05.svg", "tradeoff-05.svg"]
    assert all((tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in names)
    assert "Retain-only" in (tmp_path / "a" / "tradeoff-05.svg").read_text()


def test_png_and_pdf_are_what_they_say(drawn, tmp_path):
    png, pdf = save(drawn["tradeoff"], tmp_path / "new", "figure", ("png", "pdf"))
    assert png.read_bytes().startswith(b"\x89PNG")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_every_method_is_in_the_legend_once(one, drawn):
    (legend,) = drawn["tradeoff"].legends
    names = [text.get_text() for text in legend.get_texts()]
    assert sorted(names) == sorted(row.name for row in one.rows if row.role != "floor")


def test_no_legend_or_label_covers_data(drawn):
    for figure in drawn.values():
        figure.draw_without_rendering()
        (legend,) = figure.legends
        box = legend.get_window_extent()
        assert not any(box.overlaps(axes.get_window_extent()) for axes in figure.axes)
        for axes in figure.axes:
            others = [other.get_window_extent() for other in figure.axes if other is not axes]
            for words in (axes.xaxis.get_tightbbox(), axes.yaxis.get_tightbbox(), axes.title.get_window_extent()):
                assert words is None or not any(words.overlaps(other) for other in [*others, box])
        assert all(figure.bbox.padded(1).contains(*corner) for corner in (box.min, box.max))


def test_every_point_and_interval_is_inside_its_panel(drawn):
    for axes in drawn["tradeoff"].axes:
        low, high = axes.get_ylim()
        for bars in axes.containers:
            ((_, y),) = bars.lines[0].get_xydata()
            assert low <= y <= high
            for segment in bars.lines[2][1].get_segments():
                assert low <= segment[:, 1].min() <= y <= segment[:, 1].max() <= high


def test_methods_are_told_apart_without_colour(one, drawn):
    methods = [row for row in one.rows if row.role == "unlearned"]
    assert len({(look.marker, look.hollow) for look in looks(methods).values()}) == len(methods)
    hatches = {
        bar.get_hatch()
        for axes in drawn["modality"].axes
        for group in axes.containers
        for bar in group
        if hasattr(bar, "get_hatch")
    }
    assert len(hatches) == 2


def test_points_lost_are_beside_vanilla(one, drawn):
    """GA knows .3 of what vanilla knows .9 of: about 60 points to the right."""
    panel = drawn["tradeoff"].axes[0]
    (ga,) = [bars for bars in panel.containers if bars.get_label() == "GA"]
    ((x, _),) = ga.lines[0].get_xydata()
    assert 45 < x < 75
    (vanilla,) = [bars for bars in panel.containers if bars.get_label() == "Vanilla"]
    assert vanilla.lines[0].get_xydata()[0][0] == 0


def test_other_benchmarks_get_panels_where_they_were_asked(maker, tmp_path):
    for role, accuracy in (("vanilla", 0.4), ("unlearned", 0.3)):
        folder = maker.write_run(tmp_path / role, maker.make_records(len(role), 4), role=role)
        (folder / "utility").mkdir()
        cell = {"mean": accuracy, "low": accuracy - 0.1, "high": accuracy + 0.1, "clusters": 9}
        (folder / "utility" / "mmmu.json").write_text(json.dumps({"accuracy": cell}))
    (found,) = studies(find([tmp_path]))
    figure = tradeoff(found, "both", ["exact"])
    assert figure is not None
    (panel,) = [axes for axes in figure.axes if "MMMU" in axes.get_ylabel()]
    assert sorted(bars.lines[0].get_xydata()[0][1] for bars in panel.containers) == pytest.approx([30, 40])  # pyright: ignore
    assert len(figure.axes) == 4


def test_more_benchmarks_than_sets_all_get_a_panel(maker, tmp_path):
    cell = {"mean": 0.4, "low": 0.3, "high": 0.5, "clusters": 9}
    for role in ("vanilla", "unlearned"):
        folder = maker.write_run(tmp_path / role, maker.make_records(len(role), 4, sets=("forget", "test")), role=role)
        (folder / "utility").mkdir()
        (folder / "utility" / "mmmu.json").write_text(json.dumps({"accuracy": cell}))
        (folder / "utility" / "llava_bench.json").write_text(json.dumps({"relative": cell}))
    (found,) = studies(find([tmp_path]))
    figure = tradeoff(found, "both", ["exact"])
    assert figure is not None
    assert len([axes for axes in figure.axes if axes.has_data()]) == 3


def test_no_scores_no_comparison_of_modalities(one):
    assert modality(one, "forget", ["factuality"]) is None


def test_a_figure_without_results_is_left_out_and_said_to_be(study, tmp_path):
    done = plot(
        study / "vanilla-0", study / "ga-multimodal-0", "--out", tmp_path, "--format", "png", "--metric", "exact"
    )
    assert done.exit_code == 0
    assert "modality-05: left out" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["tradeoff-05.png"]


def test_the_other_commands_do_not_import_matplotlib(study):
    code = (
        "import sys; from mllmu.evaluate.cli import group; import mllmu.evaluate.commands.plot;"
        f"group(['table', {str(study / 'base')!r}], standalone_mode=False); sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, cwd="/").returncode == 0
