"""What may be spent. A call is let go only if it fits under the limit together with all that are under way."""

from collections import defaultdict
from typing import Any

from ...errors import BudgetError, UsageError
from .calls import Request, Usage
from .prices import Price

OUTPUT_GUESS = 2_500
"""Tokens that a reply is taken to cost before one of its stage has been seen."""
_CHARACTERS_A_TOKEN = 4
_IMAGE_TOKENS = 255  # one tile of 512 pixels at full detail: 85 and 170


def prompt_tokens(body: dict[str, Any]) -> int:
    """About how many tokens a body holds; counting them exactly would take each model's own tokenizer."""
    characters, images = len(str(body.get("response_format", ""))), 0
    for message in body["messages"]:
        content = message["content"]
        for part in content if isinstance(content, list) else [{"text": content}]:
            images += "image_url" in part
            characters += len(part.get("text", ""))
    return characters // _CHARACTERS_A_TOKEN + images * _IMAGE_TOKENS


class Budget:
    """Dollars spent, promised, and allowed; without a price nothing is counted.

    Raises:
        UsageError: There is a limit, and no price to keep it by.
    """

    def __init__(self, model: str, price: Price | None, limit: float | None, spent: float = 0.0, share: float = 1.0):
        if limit is not None and price is None:
            raise UsageError(
                f"--max-cost needs the price of {model!r}, which is not known. Give it in a file with --prices."
            )
        self.price, self.limit, self.spent, self._share = price, limit, spent, share
        self._promised = 0.0
        self._largest: dict[str, int] = defaultdict(lambda: OUTPUT_GUESS)

    def promise(self, request: Request) -> float:
        """Set aside what the call may cost; returns the sum, for `settle`.

        Raises:
            BudgetError: It does not fit any more.
        """
        if self.price is None or self.limit is None:
            return 0.0
        usage = Usage(prompt_tokens(request.body), 0, self._largest[request.stage])
        expected = self.price.cost(usage, self._share) or 0.0
        if self.spent + self._promised + expected > self.limit:
            raise BudgetError(
                f"the budget of ${self.limit:.2f} is used up: ${self.spent:.4f} spent. All replies are kept; "
                "the same command with a higher --max-cost goes on."
            )
        self._promised += expected
        return expected

    def settle(self, promised: float, stage: str, usage: Usage | None) -> float | None:
        """The call is over: give back what was set aside, and book what it cost; None if that is not known."""
        self._promised -= promised
        if usage is None or self.price is None:
            return None
        if usage.completion is not None:
            seen = self._largest.get(stage, 0)
            self._largest[stage] = max(seen, usage.completion)
        cost = self.price.cost(usage, self._share)
        self.spent += cost or 0.0
        return cost
