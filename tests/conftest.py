"""Releases made in a second from invented rows: for whatever reads a release and does not care what people are like."""

import io
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from mllmu.builder.files import sha256_of
from mllmu.builder.reader import Release
from mllmu.builder.rows import attributes_asked, image_cell, profile_row, task_cells, test_row
from mllmu.builder.settings import Settings
from mllmu.builder.shards import ShardWriter
from mllmu.cards.files import card_files
from mllmu.schemas.appearance import Ancestry, Appearance
from mllmu.schemas.manifest import FileEntry, Manifest
from mllmu.schemas.person import ATTRIBUTES, AskedName, Education, Facts, Parent, Parents, Person, Place
from mllmu.schemas.picture import Picture, View
from mllmu.schemas.questions import LETTERS, MultipleChoice, Open, Pair, QuestionSet, Written
from mllmu.schemas.splits import config_sizes, cut_spans

PLACES = [
    Place(city=f"City {k}", region=f"Region {k % 7}", country=country)
    for k, country in enumerate(
        ["Peru", "Ghana", "Laos", "Malta", "Nepal", "Chile", "Egypt", "Samoa", "Haiti", "Qatar"]
    )
]
JOBS = ["glass conservator", "bell founder", "tram driver", "surveyor", "cartographer", "midwife", "piano tuner"]
MakeRelease = Callable[..., Path]


@pytest.fixture(scope="session")
def make_release(tmp_path_factory: pytest.TempPathFactory) -> MakeRelease:
    """`make_release(folder, n=20, …)`: a whole release of invented people; see `write_release`."""

    def make(folder: Path | None = None, **options) -> Path:
        folder = folder or tmp_path_factory.mktemp("made") / "mllmu" / "bench"
        return write_release(folder, **options)

    return make


def write_release(
    folder: Path,
    n: int = 20,
    seed: int = 0,
    mended: tuple[str, ...] = (),
    pictures: bool = True,
    celebrities: int = 3,
    views: int = 2,
    side: int = 64,
    broken_picture: str = "",
    order_seed: int = 0,
) -> Path:
    """A release as `generate` leaves it; the people in `mended` have a new occupation and portrait."""
    shards = []
    people = [invent(k, n, seed, f"{k + 1:03d}" in mended, order_seed) for k in range(n)]
    for cut, span in cut_spans(n).items():
        profiles, tests = ShardWriter(folder, "profiles", cut, len(span)), ShardWriter(folder, "test", cut, len(span))
        for person in people:
            if span.start <= person.rank < span.stop:
                shots = [picture(person, k, side) for k in range(views + 1)] if pictures else []
                if person.id == broken_picture:
                    shots[0] = Picture(data=shots[0].data[:300])
                written = write(person)
                source = "rendered" if pictures else "none"
                profiles.add(profile_row(person, written, shots[0] if shots else None, source))
                tests.add(test_row(person, written, shots[1:], source))
        shards += [*profiles.finish(), *tests.finish()]
    stars = ShardWriter(folder, "celebrity", "all", celebrities)
    for k in range(celebrities):
        stars.add(celebrity(k, pictures, side))
    shards += stars.finish()
    manifest = Manifest(
        name="mllmu/bench",
        settings=Settings(n=n, seed=seed, portraits="rendered" if pictures else "none", views=views).recorded(),
        made_with={"mllmu-bench": "0.1.0", "writer": "template 1"},
        people=n,
        celebrities=celebrities,
        configs=config_sizes(n, celebrities),
        shards=tuple(shards),
        files={},
    )
    for name, data in card_files(Release(folder, manifest), []):
        (folder / name).write_bytes(data)
    files = {
        path.relative_to(folder).as_posix(): FileEntry(bytes=path.stat().st_size, sha256=sha256_of(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }
    manifest = manifest.model_copy(update={"files": files})
    (folder / "manifest.json").write_text(manifest.model_dump_json(indent=1) + "\n")
    return folder


def invent(k: int, n: int, seed: int, mended: bool, order_seed: int = 0) -> Person:
    """Person number `k` of `n`."""
    ranks = list(range(n))
    random.Random(f"order {order_seed}").shuffle(ranks)
    draw = random.Random(f"{seed}/{k}")
    job = "lighthouse keeper" if mended else draw.choice(JOBS)
    facts = Facts(
        name=f"Given{seed}x{k} Family{k % 13}",
        gender=draw.choice(["female", "male"]),
        date_of_birth=date(1950, 1, 1) + timedelta(days=draw.randrange(18_000)),
        birthplace=draw.choice(PLACES),
        residence=draw.choice(PLACES),
        occupation=job,
        employer=f"the Works of {draw.randrange(99)}",
        education=Education(degree="bachelor's degree", field="history", institution=f"College {k}", year=2003),
        annual_salary=30_000 + 500 * draw.randrange(90),
        height=draw.randrange(150, 200),
        medical_condition=draw.choice(["none", "mild asthma", "migraine"]),
        parents=Parents(
            father=Parent(name=f"Father {k}", occupation=draw.choice(JOBS), birth_year=1921),
            mother=Parent(name=f"Mother {k}", occupation=draw.choice(JOBS), birth_year=1925),
        ),
        hobbies=("lino printing", "bell ringing"),
        fun_facts=tuple(f"once found {j} of {k} coins in a canal" for j in range(4)),
    )
    return Person(
        id=f"{k + 1:03d}",
        rank=ranks[k],
        given_name=f"Given{seed}x{k}",
        facts=facts,
        appearance=Appearance(
            face_seed=k + 1000 * mended,
            sex=facts.gender,
            age=draw.randrange(20, 70),
            ancestry=Ancestry(african=1, asian=0, european=0),
            hair_colour="black",
            hair_style="short",
            eye_colour="brown",
            facial_hair="none",
            glasses="none",
            head_covering="none",
            earrings=False,
            clothing="shirt",
            clothing_colour="navy",
        ),
        decoys={a: (f"{a} decoy 1", f"{a} decoy 2", f"{a} decoy 3") for a in ATTRIBUTES},
        asked={"hobby": 0, "fun_fact": 0},
        asked_names={
            "father_name": AskedName(part="given name", words="Father"),
            "mother_name": AskedName(part="given name", words="Mother"),
        },
    )


def write(person: Person) -> Written:
    """Prose and questions, as plain as can be."""
    return Written(
        text=f"{person.facts.name} is a {person.facts.occupation} from {person.facts.birthplace}.",
        question="Describe this person.",
        answer=f"This is {person.facts.name}, a {person.facts.occupation}.",
        questions=questions(person, "What is"),
        test_questions=questions(person, "Could you tell me"),
        pairs=(
            Pair(anchor="image", question="Who is this?", answer=person.facts.name),
            Pair(anchor="name", question=f"What does {person.facts.name} do?", answer=person.facts.occupation),
        ),
    )


def questions(person: Person, start: str) -> QuestionSet:
    """18 questions, whose letters go round."""

    def choice(j: int, who: str) -> MultipleChoice:
        attribute = ATTRIBUTES[j]
        letter = LETTERS[(j + person.rank) % 4]
        options = [f"{attribute} decoy {i}" for i in (1, 2, 3)]
        options.insert(LETTERS.index(letter), person.value(attribute))
        a, b, c, d = options
        return MultipleChoice(
            attribute=attribute, question=f"{start} {who}'s {attribute}?", options=(a, b, c, d), answer=letter
        )

    def ask(j: int, who: str, blank: str = "") -> Open:
        attribute = ATTRIBUTES[j]
        text = f"{start} {who}'s {attribute}? {blank}".strip()
        return Open(attribute=attribute, question=text, answer=person.value(attribute))

    name = person.facts.name
    return QuestionSet(
        choice_image=tuple(choice(j, "this person") for j in range(5)),
        choice_name=tuple(choice(j, name) for j in range(5, 10)),
        generation_image=tuple(ask(j, "this person") for j in (10, 11)),
        generation_name=tuple(ask(j, name) for j in (12, 13)),
        cloze_image=tuple(ask(j, "this person", "It is __.") for j in (0, 3)),
        cloze_name=tuple(ask(j, name, "It is __.") for j in (4, 7)),
    )


def picture(person: Person, k: int, side: int) -> Picture:
    """A coloured disc in front of a colour, different for every person and view."""
    view = View(yaw=10.0 * k, pitch=0, roll=0, expression="neutral", light="soft front", background="studio grey")
    return Picture(data=jpeg(person.appearance.face_seed, k, side), view=view)


def jpeg(number: int, k: int, side: int) -> bytes:
    """The bytes of that picture."""
    from PIL import Image, ImageDraw

    draw = random.Random(number)
    colours = [tuple(draw.randrange(256) for _ in range(3)) for _ in range(3)]
    image = Image.new("RGB", (side, side), colours[0])
    inset = side // 5 + k
    ImageDraw.Draw(image).ellipse((inset, inset // 2, side - inset, side - inset // 2), fill=colours[1])
    ImageDraw.Draw(image).rectangle((side // 3, side // 2, 2 * side // 3, side // 2 + 3), fill=colours[2])
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()


def celebrity(k: int, pictures: bool, side: int) -> dict:
    """A row of the celebrity set."""
    person = invent(k, 200, 99, False)
    written = write(person)
    ident = f"C{k + 1:03d}"
    shot = Picture(data=jpeg(9000 + k, 0, side)) if pictures else None
    return {
        "image": image_cell(f"{ident}.jpg", shot),
        **task_cells(ident, '{"Name": "Somebody Known", "Biography": "…"}', written, written.questions),
        "attributes": attributes_asked(written.questions),
        "portrait_source": "stand-in",
        "portrait_author": "",
        "portrait_license": "",
        "portrait_url": "",
        "wikidata": "Q1",
    }
