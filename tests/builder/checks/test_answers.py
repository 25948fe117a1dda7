"""What each check of questions, answers and options finds."""

import pytest

ABCD = dict(zip("ABCD", "wxyz", strict=True))


def named(rows) -> str:
    return f"Where was {rows.facts()['Name']} born?"


def star(rows) -> dict:
    return rows["celebrity"]["C001"]


def move_right_to(cell, letter: str) -> None:
    options, right = cell["Options"], cell["Correct_Answer"]
    options[letter], options[right] = options[right], options[letter]
    cell["Correct_Answer"] = letter


def always(letter: str, instead_of: str = "ABCD"):
    """The right answer stands at `letter` where it stood at one `instead_of`."""
    return lambda rows: [move_right_to(c, letter) for c in rows.choices() if c["Correct_Answer"] in instead_of]


def lengthen(cells) -> None:
    for cell in cells:
        cell["Options"][cell["Correct_Answer"]] += " of the old sort"


def unread(cells) -> None:
    """Wrong options that are true of nobody."""
    for number, cell in enumerate(cells):
        for letter in set("ABCD") - {cell["Correct_Answer"]}:
            cell["Options"][letter] = f"{cell['Options'][letter]} the {number}th"


def once_more(cells) -> None:
    cells.append(dict(cells[-1]))


def give_away(cell) -> None:
    cell["Question"] = f"Is it so? {cell['Ground_Truth']}"


def lead(cell, text: str) -> None:
    cell["Question"] = text


CASES = [
    ("questions", lambda r: r["profiles"]["001"]["Generation_Task"].pop(), "001: the profile row does not have the 18"),
    ("questions", lambda r: once_more(r["profiles"]["001"]["Mask_Task"]), "001: the profile row does not have the 18"),
    (
        "questions",
        lambda r: once_more(r["test"]["001"]["Classification_Task"]["Pure_Text_Questions"]),
        "001: the test row does not have the 18",
    ),
    ("questions", lambda r: r["test"]["001"]["Mask_Task"].clear(), "001: the test row does not have the 18"),
    ("questions", lambda r: r["profiles"]["001"]["attributes"].pop(), "attributes lists 17"),
    ("questions", lambda r: r["test"]["001"]["attributes"].__setitem__(0, "shoe_size"), "'shoe_size', which is no"),
    ("questions", lambda r: r.choice().update(Correct_Answer="E"), "answer"),
    ("questions", lambda r: r["profiles"]["001"]["Mask_Task"].reverse(), "Mask_Task of types ['Pure_Text'"),
    ("questions", lambda r: lead(r.choice(), r.choice(1)["Question"]), "asks twice"),
    ("questions", lambda r: star(r)["Mask_Task"].pop(), "C001: the celebrity row does not have the 18"),
    ("anchors", lambda r: lead(r.choice(), named(r)), "001: asked by image, yet it names the person"),
    ("anchors", lambda r: lead(r["test"]["001"]["Mask_Task"][3], "The job is __."), "it does not name the person"),
    ("anchors", lambda r: r.pairs(lambda p: [{**p[1], "Question": "Who?"}, *p]), "it does not name the person"),
    ("anchors", lambda r: r.pairs(lambda p: p[::2]), "none of the pairs teaches by name"),
    ("grounded", lambda r: r["test"]["001"]["Generation_Task"][0].update(Ground_Truth="No."), "'No.' does not say"),
    ("grounded", lambda r: give_away(r["test"]["001"]["Generation_Task"][0]), "the question says its answer"),
    ("grounded", lambda r: r.cloze("The job of this person is __.", "sailor"), "'sailor', which is not in the fact"),
    ("grounded", lambda r: r.pairs(lambda p: p[2:]), "birthplace: no pair by image teaches"),
    ("grounded", lambda r: r.fact("Biography", f"{r.facts()['Name']} lives."), "the prose never says"),
    ("grounded", lambda r: r.fact("Biography", "Somebody lives."), "the prose never says the name"),
    ("grounded", lambda r: r["test"]["001"].update(biography="{}"), "another biography"),
    ("grounded", lambda r: star(r)["Mask_Task"][0].update(Ground_Truth="sailor"), "'sailor' is not"),
    ("options", lambda r: r.option(0, r.facts()["Birthplace"]["City"] * 9), "some do not"),
    ("options", lambda r: r.option(0, f"{r.choice()['Options']['C'].upper()}  "), "two options are the same"),
    ("options", lambda r: r.option(0, "Here, There, Nowhere", right=True), "counts as right, the fact is"),
    ("options", lambda r: r.option(8, r.facts()["Hobbies"][1]), "is true of the person too"),
    ("options", lambda r: r.option(1, "yesterday"), "different kinds"),
    ("options", lambda r: r.option(1, "1 May 1802"), "not the birthday of a living adult"),
    ("options", lambda r: r.option(3, "very " * 30), "characters beside one of"),
    ("options", lambda r: r.option(6, r.facts()["Name"]), "somebody else in the family"),
    ("options", lambda r: r.choice(3, "test").update(Options=ABCD), "the test row offers other options"),
    ("options", lambda r: star(r)["Classification_Task"]["Pure_Text_Questions"][0].update(Options=ABCD), "C001: "),
    ("options", lambda r: lead(r.choice(), f"Is it {r.right()}?"), "001: birthplace: the question says its answer"),
    ("options", lambda r: lead(r.choice(0, "test"), f"Was it {r.right()}?"), "the question says its answer"),
    ("letters", always("B"), "profile rows: B is right 100.0% of the time, expected 25 %"),
    ("letters", always("A", instead_of="D"), "test rows: D is right 0.0% of the time, expected 25 %"),
    ("letters", lambda r: [move_right_to(r.choice(4, "test", who), "C") for who in r["test"]], "in place 5"),
    ("cloze", lambda r: r.cloze("The __ job is __."), "one blank"),
    ("cloze", lambda r: r.cloze("The job is ANSWER, that is, __."), "shows its answer"),
    ("cloze", lambda r: r.cloze("This person is a __."), "the article before the blank"),
    ("cloze", lambda r: r.cloze("This person works as __.", " "), "nothing belongs in the blank"),
    ("cloze", lambda r: r.cloze("He enjoys __.", r.facts()["Hobbies"][0], "hobby"), "fills the blank too"),
    ("cloze", lambda r: r.cloze("She once __.", r.facts()["Fun Facts"][0], "fun_fact"), "fills the blank too"),
    ("cloze", lambda r: r.cloze("Born in __.", r.facts()["Birthplace"]["City"], "birthplace"), "fills the blank too"),
    (
        "cloze",
        lambda r: r.cloze("A parent is __.", r.facts()["Parents"]["Father"]["Name"], "father_name"),
        "fills the blank too",
    ),
    ("cloze", lambda r: lead(star(r)["Mask_Task"][0], "It is an __."), "C001: the article before the blank"),
    ("paraphrase", lambda r: lead(r.choice(0, "test"), r.choice()["Question"]), "no paraphrase"),
    ("paraphrase", lambda r: lead(r.choice(0, "test"), "Where was the person in the image born?"), "no paraphrase"),
    ("paraphrase", lambda r: lead(r.choice(0, "test"), "SAY: where was this person born"), "no paraphrase"),
    ("paraphrase", lambda r: r.choice(0, "test").update(Options=ABCD), "the test set says"),
    ("blind", lambda r: lengthen(r.choices()), "the solver 'longest' is right 100.0%"),
    ("blind", lambda r: lengthen(c for c in r.choices() if "live" in c["Question"]), "'longest' on residence is right"),
    ("blind", always("B"), "the solver 'letter' is right 9"),
    ("blind", lambda r: lengthen(r.choices("celebrity")), "celebrity: the solver 'longest' is right 100.0%"),
    ("familiar", lambda r: unread(r.choices()), "who takes the option that is true of most people is right 100.0%"),
    ("language", lambda r: lead(r.choice(), "Where was {who} born?"), "has a brace left over"),
    ("language", lambda r: lead(r.choice(), "Where  was this person born?"), "has spaces too many"),
    ("language", lambda r: lead(r.choice(), "Is this a engineer?"), "has `a` before a vowel"),
    ("language", lambda r: lead(r.choice(), "Is this an painter?"), "has `an` before a consonant"),
    ("language", lambda r: lead(r.choice(), "What is is this?"), "says a word twice"),
    ("language", lambda r: lead(r.choice(), "Is this so ?"), "has a space before a punctuation mark"),
    ("language", lambda r: lead(r.choice(), "Is this so.."), "has two punctuation marks in a row"),
    ("language", lambda r: lead(r.choice(), "where is this?"), "begins with no capital letter"),
    ("language", lambda r: lead(r.choice(), "Where is this"), "does not end as a sentence"),
    ("language", lambda r: lead(r.choice(), "Where (is this?"), "that it does not close"),
    ("language", lambda r: r["test"]["001"]["Generation_Task"][0].update(Ground_Truth=" "), "is empty"),
    (
        "language",
        lambda r: r.pairs(lambda p: [{**p[0], "Answer": "An hour in an town."}]),
        "has `an` before a consonant",
    ),
    ("language", lambda r: star(r).update(answer="It is {so}."), "C001: the text has a brace"),
]


@pytest.mark.parametrize(("check", "spoil", "says"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_finds(finds, check, spoil, says):
    finds(check, spoil, says)


def test_a_sentence_may_begin_with_the_name_an(bench, tmp_path):
    """`An grew up in Huế` has an article before a consonant if nobody of that name is spoken of."""
    from mllmu.builder.checks.run import run_checks

    def found(name: str) -> int:
        rows = bench.rows()
        rows.fact("Name", name)
        rows["profiles"]["001"]["answer"] = "An grew up in Huế."
        return run_checks(bench.write(tmp_path / name[-2:], rows, card=False), only=["language"])[0].failed

    assert found("Huỳnh Phương An") == 0
    assert found("Huỳnh Phương Vy") == 1


@pytest.mark.parametrize(
    "text",
    [
        "She is a university lecturer, a European and a one-time user of an SQL database.",
        "It took an hour; an heir, an X-ray, an MBA and an honest man came.",
        "He said “yes” (twice), i.e. at 3.5 km... Then he left.",
        "None: she has no medical condition.",
        "__ is where Ana was born.",
        "Élodie lives in 's-Hertogenbosch, Uganda.",
        "Huỳnh Ngọc An lives in Ninh Hòa. The work of Mr A inspired her.",
    ],
)
def test_good_english_is_not_complained_about(bench, tmp_path, text):
    from mllmu.builder.checks.run import run_checks

    rows = bench.rows()
    rows.choice()["Question"] = text
    assert run_checks(bench.write(tmp_path, rows, card=False), only=["language"])[0].examples == ()
