"""From facts and phrasings to the 18 questions of a person, and to their paraphrases.

Nothing here knows an attribute by name: the fictitious people and the celebrities bring their own tables of phrases.
A template is a `str.format` string over the subject's forms; see `Subject.forms`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, permutations
from random import Random

from ...schemas.questions import BLANK, LETTERS, MultipleChoice, Open, QuestionSet
from .text.english import capital
from .text.voice import IMAGE, IMAGE_TEST, Voice, reference

_ORDERS = tuple(permutations(range(4)))


@dataclass(frozen=True, slots=True)
class Pool:
    """Phrasings of one attribute's questions. `{who}` and `{whose}` stand for the person, as name or as picture."""

    ask: tuple[str, ...] = ()
    """Open questions: `Where was {who} born?`."""
    choose: tuple[str, ...] = ()
    """Multiple choice questions; empty when the open ones serve."""
    cloze: tuple[str, ...] = ()
    """Whole sentences, with brackets around what is blanked: `{Who} was born in [{birth_city}].`."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrasings of one attribute."""

    forget: Pool
    """Of the profiles' own questions, and of the fine-tuning pairs."""
    test: Pool = field(default_factory=Pool)
    """Of the paraphrases: held out, so it shares no template with `forget`."""
    tell: tuple[str, ...] = ()
    """Answers in a full sentence, containing the value as it stands: `{Who} was born in {birthplace}.`."""
    one_answer: bool = True
    """False when an open question would have several right answers; then it is not asked as generation."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The person that questions are about."""

    name: str
    pronouns: tuple[str, str, str]
    """Subject, object, possessive."""
    values: Mapping[str, str]
    """The right answer for each attribute."""
    options: Mapping[str, tuple[str, str, str, str]]
    """Of multiple choice, for each attribute: the right one first."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Further forms that templates use: `{birth_city}`, `{a_occupation}`."""

    @property
    def forms(self) -> dict[str, str]:
        """What templates may name: the name, the pronouns (`{subj}`, `{Subj}`, …), every value, and the extras."""
        subj, obj, poss = self.pronouns
        words = {
            "name": self.name,
            "subj": subj,
            "obj": obj,
            "poss": poss,
            "Subj": capital(subj),
            "Poss": capital(poss),
        }
        return {**words, **self.values, **self.extra}


class Voices:
    """The ways one subject is spoken of: in questions by image and by name, and in the answers to each."""

    def __init__(self, subject: Subject, rng: Random) -> None:
        forms, (subj, obj, poss) = subject.forms, subject.pronouns
        name, pronoun = reference(subject.name), reference(subj, poss, obj)
        self.ask_image = Voice(forms, IMAGE, rng)
        self.test_image = Voice(forms, IMAGE_TEST, rng)
        self.ask_name = Voice(forms, (name,), rng)
        self.tell_image = Voice(forms, (IMAGE[0], pronoun), rng)
        self.tell_name = Voice(forms, (name, name, pronoun), rng)
        self._asked: set[str] = set()

    def new_question(self, voice: Voice, templates: Sequence[str]) -> str:
        """One of the templates, in words that no question of this subject had before."""
        for template in voice.from_anywhere(templates):
            question = voice.say(template)
            if question not in self._asked:
                self._asked.add(question)
                return question
        raise ValueError(f"every phrasing has been asked already: {templates}")


def build_questions(subject: Subject, phrases: Mapping[str, Phrases], rng: Random) -> QuestionSet:
    """The 18 questions of one person, on attributes drawn so that each is asked about equally often.

    Multiple choice takes ten different attributes where there are ten; generation and cloze begin with those it left.
    """
    voices = Voices(subject, rng)
    order = list(phrases)
    rng.shuffle(order)
    choice = _cycle(order, 10)
    rest = order[10:] + order[:10]
    generation = _cycle([a for a in rest if phrases[a].tell and phrases[a].one_answer], 4)
    cloze_order = [a for a in rest if a not in generation] + generation
    cloze_image = _clozes(cloze_order, phrases, voices.ask_image)
    asked = [cloze.attribute for cloze in cloze_image]
    cloze_name = _clozes([a for a in cloze_order if a not in asked] + asked, phrases, voices.ask_name)

    def choose(attribute: str, voice: Voice) -> MultipleChoice:
        pool = phrases[attribute].forget
        return _choice(attribute, voices.new_question(voice, pool.choose or pool.ask), subject.options[attribute], rng)

    def generate(attribute: str, ask: Voice, tell: Voice) -> Open:
        question = voices.new_question(ask, phrases[attribute].forget.ask)
        return Open(attribute=attribute, question=question, answer=tell.one_of(phrases[attribute].tell))

    return QuestionSet(
        choice_image=tuple(choose(a, voices.ask_image) for a in choice[:5]),
        choice_name=tuple(choose(a, voices.ask_name) for a in choice[5:]),
        generation_image=tuple(generate(a, voices.ask_image, voices.tell_image) for a in generation[:2]),
        generation_name=tuple(generate(a, voices.ask_name, voices.tell_name) for a in generation[2:]),
        cloze_image=cloze_image,
        cloze_name=cloze_name,
    )


def paraphrase_questions(
    questions: QuestionSet, subject: Subject, phrases: Mapping[str, Phrases], rng: Random
) -> QuestionSet:
    """The same 18 questions in held-out words: the same attributes and answers, the options in a new order."""
    voices = Voices(subject, rng)

    def choose(old: MultipleChoice, voice: Voice) -> MultipleChoice:
        right = LETTERS.index(old.answer)
        options = (old.options[right], *old.options[:right], *old.options[right + 1 :])
        pool = phrases[old.attribute].test
        return _choice(old.attribute, voices.new_question(voice, pool.choose or pool.ask), options, rng)

    def generate(old: Open, voice: Voice) -> Open:
        question = voices.new_question(voice, phrases[old.attribute].test.ask)
        return Open(attribute=old.attribute, question=question, answer=old.answer)

    def cloze(old: Open, voice: Voice) -> Open:
        new = _cloze(old.attribute, phrases[old.attribute].test.cloze, voice)
        if new is None or new.answer != old.answer:
            raise ValueError(
                f"no held-out cloze about the {old.attribute} of {subject.name} keeps and hides its answer"
            )
        return new

    image, name = voices.test_image, voices.ask_name
    return QuestionSet(
        choice_image=tuple(choose(q, image) for q in questions.choice_image),
        choice_name=tuple(choose(q, name) for q in questions.choice_name),
        generation_image=tuple(generate(q, image) for q in questions.generation_image),
        generation_name=tuple(generate(q, name) for q in questions.generation_name),
        cloze_image=tuple(cloze(q, image) for q in questions.cloze_image),
        cloze_name=tuple(cloze(q, name) for q in questions.cloze_name),
    )


def _choice(attribute: str, question: str, options: Sequence[str], rng: Random) -> MultipleChoice:
    """A multiple choice; the right option comes first in `options`, and anywhere in the result."""
    order = _ORDERS[int(rng.random() * len(_ORDERS))]
    a, b, c, d = order
    return MultipleChoice(
        attribute=attribute,
        question=question,
        options=(options[a], options[b], options[c], options[d]),
        answer=LETTERS[order.index(0)],
    )


def _clozes(order: Iterable[str], phrases: Mapping[str, Phrases], voice: Voice) -> tuple[Open, ...]:
    """The first two attributes, in this order, that a cloze can be made of."""
    made = (_cloze(attribute, phrases[attribute].forget.cloze, voice) for attribute in order)
    return tuple(islice((cloze for cloze in made if cloze is not None), 2))


def _cloze(attribute: str, templates: Sequence[str], voice: Voice) -> Open | None:
    """One of the templates, blanked; None when each of them shows elsewhere in the sentence what the blank hides."""
    for template in voice.from_anywhere(templates):
        before, rest = voice.say(template).split("[", 1)
        answer, after = rest.split("]", 1)
        if answer.lower() not in f"{before}{BLANK}{after}".lower():
            return Open(attribute=attribute, question=f"{before}{BLANK}{after}", answer=answer)
    return None


def _cycle(items: Sequence[str], count: int) -> list[str]:
    """The first `count` items, beginning again when they are fewer."""
    return [items[i % len(items)] for i in range(count)]
