"""What may be spent. A call is let go only if it fits under the limit together with all that are under way."""

from collections.abc import Iterable
from typing import Any

from ...errors import BudgetError, UsageError
from .calls import Request, Usage
from .prices import Prices

OUTPUT_GUESS = 2_500
"""Tokens that a reply is taken to cost before one of its stage has been seen."""
_CHARACTERS_A_TOKEN = 4
_IMAGE_TOKENS = 255  # one tile of 512 pixels at full detail: 85 and 170


def text_tokens(text: str) -> int:
    """About how many tokens a text is; counting them exactly would take each model's own tokenizer."""
    return -(-len(text) // _CHARACTERS_A_TOKEN)


def prompt_tokens(body: dict[str, Any]) -> int:
    """About how many tokens a body is charged for."""
    tokens = text_tokens(str(body.get("response_format", "")))
    for message in body["messages"]:
        content = message["content"]
        for part in content if isinstance(content, list) else [{"text": content}]:
            tokens += _IMAGE_TOKENS if "image_url" in part else text_tokens(part["text"])
    return tokens


class Budget:
    """Dollars spent, promised, and allowed.

    Raises:
        UsageError: There is a limit, and a model without a price to keep it by.
    """

    def __init__(self, prices: Prices, models: Iterable[str], limit: float | None, batch: bool = False):
        self._prices = {model: prices.of(model) for model in models}
        for model, price in self._prices.items():
            if limit is not None and price is None:
                raise UsageError(
                    f"--max-cost needs the price of {model!r}, which is not known. Give it in a file with --prices."
                )
        self.limit, self.spent = limit, 0.0
        self.largest: dict[str, int] = {}
        """The most tokens that a reply has had, by stage."""
        self._batch_share = prices.batch
        self._promised = 0.0

    def promise(self, request: Request, batch: bool = False) -> float:
        """Set aside what the call may cost; returns the sum, for `settle`: 0 where the price is not known.

        Raises:
            BudgetError: It does not fit any more.
        """
        completion = self.largest.get(request.stage, OUTPUT_GUESS)
        usage = Usage(prompt_tokens(request.body), 0, completion)
        expected = self.cost(request.body["model"], usage, batch) or 0.0
        if self.limit is not None and self.spent + self._promised + expected > self.limit:
            raise BudgetError(
                f"the budget of ${self.limit:.2f} does not allow another call: ${self.spent:.4f} is spent, or may be. "
                "All replies are kept; the same command with a higher --max-cost goes on."
            )
        self._promised += expected
        return expected

    def settle(self, promised: float, request: Request, usage: Usage | None) -> float | None:
        """The call is over: give back what was set aside, and book what was charged; None if nothing was."""
        self._promised -= promised
        if usage is None:
            return None
        return self.book(request.stage, request.body["model"], usage, promised)

    def book(self, stage: str, model: str, usage: Usage, promised: float, batch: bool = False) -> float | None:
        """Book a call; returns what it cost. If that is not known, None, and all that was promised counts as spent."""
        if usage.completion:
            self.largest[stage] = max(self.largest.get(stage, 0), usage.completion)
        cost = self.cost(model, usage, batch)
        self.spent += promised if cost is None else cost
        return cost

    def cost(self, model: str, usage: Usage, batch: bool = False) -> float | None:
        """Dollars for these tokens; None when the price or the tokens are not known."""
        price = self._prices.get(model)
        return price.cost(usage, self._batch_share if batch else 1.0) if price else None
