"""A question as the model's own chat template puts it, and where the answer begins and ends."""

from functools import cached_property
from typing import Any

from ..errors import UsageError

PROBE = "ANSWERPROBE"
"""Stands for an answer while the template is asked what it writes around one."""


class Chat:
    """One processor's way of putting questions."""

    def __init__(self, processor: Any, system: str | None = None):
        """`system` is a system prompt, put in front of every question."""
        self.processor = processor
        self.tokenizer = processor.tokenizer
        self.system = system
        if not (getattr(processor, "chat_template", None) or self.tokenizer.chat_template):
            raise UsageError(
                "the model's processor has no chat template, so there is no telling how it wants questions."
            )

    def prompt(self, question: str, with_picture: bool) -> str:
        """Everything up to where the answer begins."""
        return self._render(self._turns(question, with_picture), True)

    def answer(self, answer: str) -> str:
        """What the model writes after a prompt: the answer as the template sets it, and the token that ends it."""
        lead, stop = self._around
        return f"{lead}{answer}{stop}"

    @property
    def stop(self) -> str:
        """The token that ends an answer."""
        return self._around[1]

    @cached_property
    def stop_id(self) -> int:
        """Its id: what `generate` stops at."""
        return self.tokenizer.convert_tokens_to_ids(self.stop)

    @cached_property
    def _around(self) -> tuple[str, str]:
        turns = self._turns("?", False)
        prompt = self._render(turns, True)
        whole = self._render([*turns, {"role": "assistant", "content": [{"type": "text", "text": PROBE}]}], False)
        lead, found, rest = whole[len(prompt) :].partition(PROBE)
        if not whole.startswith(prompt) or not found:
            raise UsageError(
                "the chat template writes a question differently once it is answered; cannot mask prompts."
            )
        ending = rest.lstrip()
        stops = [token for token in self.tokenizer.all_special_tokens if ending.startswith(token)]
        return lead, max(stops, key=len) if stops else self.tokenizer.eos_token

    def _turns(self, question: str, with_picture: bool) -> list[dict[str, Any]]:
        picture = [{"type": "image"}] if with_picture else []
        turns = [{"role": "user", "content": [*picture, {"type": "text", "text": question}]}]
        if self.system:
            turns.insert(0, {"role": "system", "content": [{"type": "text", "text": self.system}]})
        return turns

    def _render(self, turns: list[dict[str, Any]], ask: bool) -> str:
        return self.processor.apply_chat_template(turns, add_generation_prompt=ask, tokenize=False)
