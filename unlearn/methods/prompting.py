"""Prompting: no training; the model is evaluated under a system prompt. arXiv 2410.22108, baselines."""

from dataclasses import dataclass

from ..prompts import SYSTEM_PROMPT


@dataclass(frozen=True, slots=True)
class Method:
    """A system prompt in the place of a loss."""

    system_prompt: str = SYSTEM_PROMPT
    """What is put in front of every question when the run is evaluated."""
