"""report.html: complete in itself, and all that a person must see before a release is on it."""

import re
from html.parser import HTMLParser

import pytest
from mllmu.builder.checks.base import CheckResult
from mllmu.builder.reader import Release
from mllmu.cards.report import report
from mllmu.cards.statistics import statistics
from mllmu.cards.work import Rejected, Work

VOID = {"meta", "img", "br", "rect"}


def result(name, failed=0, **figures):
    examples = (("007", "is <odd> & wrong"),) if failed else ()
    return CheckResult(name=name, rule="A rule.", tried=20, failed=failed, examples=examples, figures=figures)


@pytest.fixture(scope="module")
def release(make_release):
    return Release(make_release(n=40, side=128))


@pytest.fixture(scope="module")
def page(release):
    checks = [result("letters", spread=0.25), result("options", failed=3)]
    return report(release, checks, statistics(release))


class Balance(HTMLParser):
    """Whether every element that is opened is closed."""

    def __init__(self):
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


def test_the_page_is_well_formed_and_fetches_nothing(page):
    parser = Balance()
    parser.feed(page)
    assert not parser.open
    assert all(address.startswith(("data:image/jpeg;base64,", "#")) for address in parser.addresses)
    assert "<script" not in page
    assert not re.search(r"@import|url\(", page)


def test_links_lead_somewhere(page):
    assert set(re.findall(r'href="#(\w+)"', page)) <= set(re.findall(r'id="(\w+)"', page))


def test_findings_come_first_and_are_escaped(page):
    assert "1 of 2 checks found something: options" in page
    assert "is &lt;odd&gt; &amp; wrong" in page


def test_all_checks_passed_is_said(release):
    assert "All 1 checks passed." in report(release, [result("letters")], statistics(release))


def test_every_kind_of_question_is_shown(page):
    for kind in ("multiple choice", "generation", "cloze"):
        for by in ("picture", "name"):
            assert f"{kind} · by {by}" in page


def test_portraits_stand_beside_their_re_posed_views(page):
    strips = re.findall(r'<div class="strip">(.*?)</div>', page)
    assert len(strips) == 8
    assert all(strip.count("<img") == 3 for strip in strips)


def test_charts_show_every_attribute(page, release):
    for share in statistics(release).shares:
        assert f"<figcaption>{share.attribute} <small>" in page


def test_cost_and_rejected_slots_are_shown_when_there_were_any(page, release):
    assert "Tokens and money" not in page
    work = Work(
        model="a model",
        calls=41,
        tokens_in=1000,
        tokens_out=500,
        dollars=0.5,
        rejected=(Rejected(slot="012", reasons=("option B is used twice",)),),
    )
    shown = report(release, [], statistics(release), work)
    assert "41 calls to a model: 1,000 tokens in, 500 out,\n  $0.50" in shown
    assert "option B is used twice" in shown


def test_a_release_without_pictures_has_a_report_too(make_release):
    bare = Release(make_release(n=20, pictures=False))
    page = report(bare, [], statistics(bare))
    assert "<img" not in page
    assert 'href="#faces"' not in page
