"""`--compat original`: the questions as the authors of MLLMU-Bench put and score them, made deterministic.

From arXiv 2410.22108 and the behaviour of the published scripts, in our own words where they do not give a wording:

    classification  one person of the same set as an example, answers shown; the reply's first character is the letter
    cloze           the blank is [Blank]; right if the answer occurs in the reply as a substring
    generation      zero-shot; ROUGE-L F1

All replies are greedy, up to 50 tokens. Theirs draw the example anew each run; ours draws it by the seed. As in theirs,
the example is a person of the evaluated set, so answers of the forget set are shown: that is a fault of the protocol,
kept so that numbers can be set beside published ones.
"""

import random
from collections.abc import Iterable

from ..schemas.questions import LETTERS
from ..unlearn.prompts import BLANK
from . import metrics
from .engine import Ask, Reply
from .questions import Question
from .records import Modality, Record

TOKENS = 50
CLOZE = "Please **ONLY** provide the correct answer that should replace the [Blank]."
"""Word for word from the published scripts."""


class Original:
    """Puts questions and scores replies as `protocol.Protocol` does."""

    def __init__(self, questions: Iterable[Question], seed: int):
        """`questions`: all that are asked; examples are drawn from them by `seed`."""
        self.examples: dict[tuple[str, Modality], str] = {}
        asked = [one for one in questions if one.key.task == "classification" and one.key.view == 0]
        for name in dict.fromkeys(one.key.set for one in asked):
            people = sorted({one.key.id for one in asked if one.key.set == name})
            person = random.Random(f"few-shot {seed} {name}").choice(people)
            for modality in ("image", "text"):
                shown = [one for one in asked if one.key[:2] == (name, person) and one.key.modality == modality]
                self.examples[name, modality] = "\n\n".join(f"{_listed(one)} {_letter(one)}" for one in shown)

    def ask(self, question: Question) -> Ask:
        """What the model is asked."""
        sentence = question.question
        match question.key.task:
            case "classification":
                examples = self.examples[question.key.set, question.key.modality]
                prompt = f"{examples}\n\n{_listed(question)}"
            case "cloze":
                prompt = f"{sentence.replace(BLANK, '[Blank]')}\n{CLOZE}"
            case "generation":
                prompt = sentence
        return Ask(prompt, question.picture, question.data, tokens=TOKENS)

    def ask_blind(self, question: Question) -> None:
        """The authors do not."""

    def record(self, question: Question, reply: Reply, blind: Reply | None = None) -> Record:
        """What the reply is worth."""
        match question.key.task:
            case "classification":
                letters = dict(zip(LETTERS, question.options, strict=False))
                chosen = letters.get(reply.text[:1].upper(), "")  # type: ignore[call-overload]
                return question.record(chosen or reply.text, {"accuracy": float(chosen == question.expected)})
            case "cloze":
                found = question.expected.casefold() in reply.text.casefold()
                return question.record(reply.text, {"contains": float(found)})
            case "generation":
                scores = metrics.text_scores("generation", question.expected, reply.text)
                return question.record(reply.text, {"rouge_l_f1": scores["rouge_l_f1"]})


def _listed(question: Question) -> str:
    lines = [f"{letter}: {option}" for letter, option in zip(LETTERS, question.options, strict=False)]
    return "\n".join([f"Question: {question.question}", *lines, "Answer with one letter.", "Answer:"])


def _letter(question: Question) -> str:
    return LETTERS[question.options.index(question.expected)]
