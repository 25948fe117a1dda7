"""The fine-tuning pairs: what teaches a model every fact of a person, by image and by name."""

from collections.abc import Mapping, Sequence
from random import Random

from ....schemas.questions import Open, Pair, QuestionSet
from ..phrases.portrait import LOOKS_LIKE, NAMES, WHO_IS
from ..questions import Phrases, Subject, Voices
from .english import tidy

_NAMES_TAUGHT = 2


def write_pairs(
    subject: Subject,
    phrases: Mapping[str, Phrases],
    questions: QuestionSet,
    description: tuple[str, str],
    looks: str,
    rng: Random,
) -> list[Pair]:
    """One pair an attribute by image, and one by name; the name, the looks and the description besides.

    An open question's expected answer is the sentence that its pair teaches: scores by wording then measure
    memory, not which of several phrasings was drawn.
    """
    voices, forms = Voices(subject, rng), subject.forms
    by_image, by_name = _answers(questions.generation_image), _answers(questions.generation_name)
    pairs = [Pair(anchor="image", question=description[0], answer=description[1])]
    for question, answer in rng.sample(NAMES, _NAMES_TAUGHT):
        pairs.append(Pair(anchor="image", question=question, answer=tidy(answer.format_map(forms))))
    question, answer = rng.choice(WHO_IS)
    pairs.append(Pair(anchor="name", question=question.format_map(forms), answer=tidy(answer.format_map(forms))))
    pairs.append(Pair(anchor="name", question=rng.choice(LOOKS_LIKE).format_map(forms), answer=looks))
    for attribute, words in phrases.items():
        question = voices.ask_image.one_of(words.forget.ask)
        answer = by_image.get(attribute) or voices.tell_image.one_of(words.tell)
        pairs.append(Pair(anchor="image", question=question, answer=answer))
        question = voices.ask_name.one_of(words.forget.ask)
        answer = by_name.get(attribute) or voices.tell_name.one_of(words.tell)
        pairs.append(Pair(anchor="name", question=question, answer=answer))
    return pairs


def _answers(opens: Sequence[Open]) -> dict[str, str]:
    """The expected answer for each attribute."""
    return {question.attribute: question.answer for question in opens}
