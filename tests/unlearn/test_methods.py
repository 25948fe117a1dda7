"""The registry: names are files, listing imports nothing, a user's file is a method like any other."""

import subprocess
import sys

import pytest
from mllmu.errors import UsageError
from mllmu.unlearn import methods

OWN = '''"""MINE: half of gradient ascent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Method:
    weight: float = 0.5
    """How much."""

    def loss(self, forget):
        return -self.weight * forget.nll
'''


def test_names_are_files():
    assert {"ga", "grad_diff", "kl_min", "npo", "prompting"} <= set(methods.names())


@pytest.mark.parametrize("name", methods.names())
def test_each_method_says_what_it_is_and_documents_its_knobs(name):
    found = methods.describe(methods.find(name))
    assert found.summary
    assert all(knob.help for knob in found.knobs)
    method = methods.load(name)
    assert [knob.name for knob in found.knobs] == list(methods.fields_of(method))


@pytest.mark.parametrize("name", methods.names())
def test_docstring_gives_equation_or_prompt_and_source(name):
    text = methods.find(name).read_text()
    assert "arXiv" in text


def test_listing_needs_no_torch():
    code = (
        "import sys; from mllmu.unlearn import methods; [methods.describe(methods.find(n)) for n in methods.names()]; "
        "print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.strip() == "False"


def test_own_file_is_a_method(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(OWN)
    method = methods.load(str(path), {"weight": "0.25"})
    assert method.weight == 0.25
    assert not methods.needs_retain(method)
    assert methods.describe(path).knobs == [methods.Knob("weight", "0.5", "How much.")]


def test_own_file_may_put_off_its_annotations(tmp_path):
    path = tmp_path / "later.py"
    path.write_text("from __future__ import annotations\n" + OWN)
    assert methods.load(str(path), {"weight": "0.25"}).weight == 0.25


def test_a_record_knows_what_a_file_held(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(OWN)
    before = methods.stated(str(path))
    path.write_text(OWN + "\n")
    assert methods.stated(str(path)) != before
    assert methods.stated("npo") == {"method": "npo"}


def test_which_are_about_pictures_is_read_from_their_source():
    assert [name for name in methods.names() if methods.needs_pictures(name)] == ["ga_kl", "siu"]


def test_which_sides_a_loss_takes_is_read_from_it():
    assert [methods.needs_retain(methods.load(n)) for n in ("ga", "grad_diff", "kl_min", "npo")] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "knobs", "message"),
    [
        ("npoo", {}, "Did you mean 'npo'"),
        ("npo", {"betta": "1"}, "no knob 'betta'. It has: beta"),
        ("npo", {"beta": "much"}, "it must be of type float"),
        ("nowhere.py", {}, "no method file"),
        ("siu", {"impl": "mine"}, "paper or released"),
    ],
)
def test_mistakes_are_named(name, knobs, message):
    with pytest.raises(UsageError, match=message):
        methods.load(name, knobs)


def test_file_without_a_method_is_refused(tmp_path):
    path = tmp_path / "empty.py"
    path.write_text("x = 1\n")
    with pytest.raises(UsageError, match="no `class Method`"):
        methods.load(str(path))
