"""How the benchmark's questions are put, and how replies are scored: ours.

Multiple choice is decided by likelihood: of the options' letters, or of the options themselves as answers. Generation
and cloze are answered greedily; the right answer's likelihood, and that of wrong ones, is read in the same pass.
"""

import math
from typing import Literal

from ..schemas.questions import LETTERS
from ..unlearn.prompts import choice_prompt, cloze_prompt
from . import metrics
from .engine import Ask, Heard, Reply
from .floors import blindfolded
from .questions import Question
from .records import Record

Choice = Literal["letter", "text"]

TOKENS = {"generation": 64, "cloze": 24}
"""Most tokens of an answer; the longest right answers of a release have about 50 and 20."""


class Protocol:
    """Puts questions and scores replies."""

    def __init__(self, choice: Choice):
        """`choice`: whether options are listed and answered by letter, or each is heard as an answer."""
        self.choice = choice

    def ask(self, question: Question) -> Ask:
        """What the model is asked."""
        task, sentence = question.key.task, question.question
        if task != "classification":
            prompt = cloze_prompt(sentence) if task == "cloze" else sentence
            candidates = (question.expected, *question.wrong)
            return Ask(prompt, question.picture, question.data, candidates, tokens=TOKENS[task])
        if self.choice == "text":
            return Ask(sentence, question.picture, question.data, question.options)
        letters = LETTERS[: len(question.options)]
        listed = choice_prompt(sentence, dict(zip(letters, question.options, strict=True)))
        return Ask(listed, question.picture, question.data, letters, ended=False)

    def ask_blind(self, question: Question) -> Ask | None:
        """The same multiple choice of nobody in particular, for `accuracy_pmi`; None for the other tasks."""
        return self.ask(blindfolded(question)) if question.key.task == "classification" else None

    def record(self, question: Question, reply: Reply, blind: Reply | None = None) -> Record:
        """What the reply is worth, beside the one to `ask_blind` where there is one."""
        if question.key.task == "classification":
            return _choice(question, reply.heard, blind.heard if blind else ())
        scores = metrics.text_scores(question.key.task, question.expected, reply.text)
        right, *wrong = reply.heard
        scores |= metrics.likelihood_scores(right.logps, right.hits)
        if wrong:
            scores["truth_ratio"] = metrics.truth_ratio(right.mean, [one.mean for one in wrong])
        return question.record(reply.text, scores)


def _choice(question: Question, heard: tuple[Heard, ...], blind: tuple[Heard, ...]) -> Record:
    def best(values: list[float]) -> str:
        return question.options[values.index(max(values))]

    totals = [one.total for one in heard]
    chosen, normalised = best(totals), best([one.mean for one in heard])
    weights = [math.exp(total - max(totals)) for total in totals]
    right = weights[question.options.index(question.expected)] / sum(weights)
    scores = {
        "accuracy": float(chosen == question.expected),
        "accuracy_normalised": float(normalised == question.expected),
        "probability": right,
    }
    if blind:
        gained = best([one.total - before.total for one, before in zip(heard, blind, strict=True)])
        scores["accuracy_pmi"] = float(gained == question.expected)
    return question.record(chosen, scores)
