"""A biography in two paragraphs: an opening, then the topics in one of several orders, each said in one of its ways."""

from collections.abc import Mapping, Sequence
from random import Random

from ..phrases.biography import BORN_AT_HOME, BORN_THERE, HEALTHY, SENTENCES, STORIES_BEGIN, STORIES_GO_ON
from ..phrases.openings import OPENINGS
from ..phrases.topics import PLANS, Topic
from .english import tidy

_NAME_SHARE = 0.2
"""How often the given name stands where a pronoun would do."""


def write_prose(forms: Mapping[str, str], fun_facts: Sequence[str], rng: Random) -> str:
    """The biography's text."""
    told, openings = rng.choice(OPENINGS)
    first, second = rng.choice(PLANS)
    words = {**forms, **{f"fact_{k}": fact for k, fact in enumerate(fun_facts)}}
    opening = rng.choice(openings).format_map(words)
    sentences: dict[Topic, tuple[str, ...]] = {**SENTENCES, "stories": (_stories(len(fun_facts), rng),)}
    if forms["medical_condition"] == "none":
        sentences["health"] = HEALTHY
    if forms["birthplace"] == forms["residence"]:
        sentences |= BORN_AT_HOME
        if "home" in told:
            sentences["birth"] = BORN_THERE
        elif "birth" not in told:
            told = (*told, "home")  # with the birth
    paragraph_1 = _sentences(_left(first, told), sentences, words, rng, unclear="parents" in told)
    paragraph_2 = _sentences(_left(second, told), sentences, words, rng, unclear=True)
    return tidy(f"{' '.join([opening, *paragraph_1])}\n\n{' '.join(paragraph_2)}")


def _left(topics: Sequence[Topic], told: Sequence[Topic]) -> list[Topic]:
    """The topics still to tell; the pay is told with the work, unless the opening told that."""
    return [topic for topic in topics if topic not in told and (topic != "pay" or "work" in told)]


def _sentences(
    topics: Sequence[Topic],
    sentences: Mapping[Topic, Sequence[str]],
    words: Mapping[str, str],
    rng: Random,
    unclear: bool,
) -> list[str]:
    """A sentence or two on each topic. `unclear`: whether a pronoun in the first would leave open who is meant."""
    said: list[str] = []
    named = not unclear  # the opening, too, says the name
    for topic in topics:
        template = rng.choice(sentences[topic])
        named = unclear or (not named and rng.random() < _NAME_SHARE)
        said.append((_named(template) if named else template).format_map(words))
        unclear = topic == "parents"  # "she" might be the mother
    return said


def _named(template: str) -> str:
    """The template with its first pronoun replaced by the given name; a `{poss}` only where there is no other."""
    forms = {"{Subj}": "{given}", "{Poss}": "{given}'s", "{subj}": "{given}", "{obj}": "{given}"}
    found = [(place, form) for form in forms if (place := template.find(form)) >= 0]
    if not found:
        return template.replace("{poss}", "{given}'s", 1)
    first = min(found)[1]
    return template.replace(first, forms[first], 1)


def _stories(count: int, rng: Random) -> str:
    """A template that tells all fun facts, in random order, a sentence each."""
    order = rng.sample(range(count), count)
    go_on = rng.sample(STORIES_GO_ON, len(STORIES_GO_ON))
    templates = [rng.choice(STORIES_BEGIN), *(go_on[k % len(go_on)] for k in range(count - 1))]
    told = zip(templates, order, strict=True)
    return " ".join(template.replace("{fact}", f"{{fact_{k}}}") for template, k in told)
