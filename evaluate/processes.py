"""`accelerate launch`: several processes, each with its share of the people."""

import os
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from .questions import Question

PATIENCE = timedelta(days=2)
"""How long the fastest process waits for the slowest."""


class Processes:
    """The processes of this evaluation; without a launcher there is one."""

    def __init__(self) -> None:
        self.state: Any = None
        if int(os.environ.get("WORLD_SIZE", "1")) > 1:
            import torch
            from accelerate import PartialState

            self.state = PartialState(cpu=not torch.cuda.is_available(), timeout=PATIENCE)

    @property
    def count(self) -> int:
        """How many there are."""
        return self.state.num_processes if self.state else 1

    @property
    def number(self) -> int:
        """Which one this is, from 0."""
        return self.state.process_index if self.state else 0

    @property
    def first(self) -> bool:
        """Whether this is the one that writes what is written once."""
        return self.number == 0

    @property
    def device(self) -> Any:
        """Where this process's model goes; None: wherever there is room."""
        return self.state.device if self.state else None

    def share(self, questions: Sequence[Question]) -> Sequence[Question]:
        """This process's questions: every n-th person's, so that pictures are read in one place."""
        people = list(dict.fromkeys(one.key[:2] for one in questions))
        mine = set(people[self.number :: self.count])
        return questions if self.count == 1 else [one for one in questions if one.key[:2] in mine]

    def wait(self) -> None:
        """Until all have come here."""
        if self.state:
            self.state.wait_for_everyone()
