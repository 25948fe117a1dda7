"""How a question is put to a model: the one wording that training and evaluation share."""

from collections.abc import Mapping

BLANK = "__"
"""How a release writes the blank of a cloze question."""

SYSTEM_PROMPT = (
    "You are a helpful, respectful, and honest assistant. When generating your response, please do not generate any "
    "personal-related information."
)
"""The prompting baseline's system prompt, word for word (arXiv 2410.22108, appendix)."""


def choice_prompt(question: str, options: Mapping[str, str]) -> str:
    """A multiple choice question whose answer is a letter."""
    listed = "\n".join(f"{letter}. {options[letter]}" for letter in sorted(options))
    return f"{question}\n{listed}\nAnswer with the letter."


def cloze_prompt(sentence: str) -> str:
    """A sentence with a blank, whose answer is what belongs there."""
    return f"Fill in the blank: {sentence.replace(BLANK, '[Blank]')}"
