"""What is asked or taught by image never names the person; what is asked or taught by name always does."""

from collections.abc import Iterable, Iterator

from ...schemas.questions import QuestionSet
from .base import BaseCheck, Figure, Finding, Subject
from .support.words import holds, norm, quoted


class Check(BaseCheck):
    """Counts questions and fine-tuning pairs."""

    def person(self, subject: Subject) -> Iterator[Finding]:
        """Questions of both rows, and the pairs; with `name_pairs` off, no pair may teach the name."""
        name = subject.facts.name
        for questions in (subject.questions, subject.test_questions):
            yield from self._questions(subject.id, name, questions)
        by_image = [pair.question for pair in subject.pairs if pair.anchor == "image"]
        by_name = [pair.question for pair in subject.pairs if pair.anchor == "name"]
        yield from self._unnamed(subject.id, name, [*by_image, subject.rows.profile["question"]])
        yield from self._named(subject.id, name, by_name)
        wanted = self.release.manifest.settings.get("name_pairs", True)
        if bool(by_name) != wanted:
            found = "none of the pairs teaches" if wanted else f"{len(by_name)} pairs teach"
            yield Finding(subject.id, f"{found} by name, and the setting name_pairs is {wanted}")

    def celebrity(self, figure: Figure) -> Iterator[Finding]:
        """The celebrity's questions."""
        yield from self._questions(figure.id, figure.facts.name, figure.questions)

    def _questions(self, where: str, name: str, q: QuestionSet) -> Iterator[Finding]:
        yield from self._unnamed(
            where, name, [x.question for x in (*q.choice_image, *q.generation_image, *q.cloze_image)]
        )
        yield from self._named(where, name, [x.question for x in (*q.choice_name, *q.generation_name, *q.cloze_name)])

    def _unnamed(self, where: str, name: str, texts: Iterable[str]) -> Iterator[Finding]:
        for text in texts:
            self.tried += 1
            if _names(text, name):
                yield Finding(where, f"asked by image, yet it names the person: {quoted(text)}")

    def _named(self, where: str, name: str, texts: Iterable[str]) -> Iterator[Finding]:
        for text in texts:
            self.tried += 1
            if not _names(text, name):
                yield Finding(where, f"asked by name, yet it does not name the person: {quoted(text)}")


def _names(text: str, name: str) -> bool:
    """Whether the text has the full name, however it is capitalised or punctuated."""
    first = name.split(maxsplit=1)[0]
    return first.casefold()[:3] in text.casefold() and holds(norm(text), norm(name))
