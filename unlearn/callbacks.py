"""What happens between steps: a progress bar, and a look at the forget set and the retain set."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from transformers import TrainerCallback

from .ask import recall
from .data import Example
from .encode import Encoder

WATCH_EVERY = 2
"""Steps between two looks. How far a run gets past its limit is decided here: what the steps before the next look do.
A look at 32 examples is a forward pass; beside two steps of 16 examples, forward and backward, it is a third more."""

WATCHED = "watched"
"""Key of a look in the trainer's log, which every checkpoint holds."""


class ProgressBar(TrainerCallback):
    """One tqdm bar with the losses of both sides; silent where stderr is no terminal."""

    def __init__(self, title: str, quiet: bool, watch: "Watch | None" = None):
        """`watch`: what else is looked at, and shown as it was last seen."""
        self.title = title
        self.watch = watch
        self.disable = True if quiet else None
        self.bar: Any = None

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Opens the bar where the run stands."""
        from tqdm import tqdm

        if state.is_world_process_zero:
            self.bar = tqdm(
                desc=self.title, total=state.max_steps, initial=state.global_step, unit=" step", file=sys.stderr,
                disable=self.disable, dynamic_ncols=True,
            )  # fmt: skip

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """One step on."""
        if self.bar is not None:
            self.bar.update(1)

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
        """Shows the losses."""
        if self.bar is not None and logs:
            shown = {side: f"{logs[side]:.3f}" for side in ("forget", "retain") if side in logs}
            for side, seen in (self.watch.seen if self.watch is not None else {}).items():
                if seen:
                    shown[f"{side}, looked at"] = f"{[*seen.values()][-1]:.3f}"
            self.bar.set_postfix(shown)

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Closes the bar."""
        if self.bar is not None:
            self.bar.close()


class Watch(TrainerCallback):
    """Looks at the loss on a fixed sample of each watched side, and ends the run where a limit is met."""

    def __init__(
        self, encoder: Encoder, samples: Mapping[str, Sequence[Example]], limits: Mapping[str, float], batch: int
    ):  # fmt: skip
        """`samples` and `limits` are by side, forget or retain; what is not there is not looked at."""
        self.encoder = encoder
        self.samples = samples
        self.limits = limits
        self.batch = batch
        self.seen: dict[str, dict[int, float]] = {side: {} for side in samples}
        """By side and step."""
        self.stopped_at: int | None = None
        self.stopped_by: str | None = None
        """The side whose limit ended the run."""

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """What a killed run had seen before its checkpoint."""
        for row in state.log_history:
            for side, loss in row.get(WATCHED, {}).items():
                self.seen[side][row["step"]] = loss

    def on_step_end(self, args: Any, state: Any, control: Any, model: Any = None, **_: Any) -> None:
        """Every few steps: look, and stop where it is enough, or too much."""
        if state.global_step % WATCH_EVERY:
            return
        losses = self.look(model, args)
        state.log_history.append({"step": state.global_step, WATCHED: losses})
        for side, loss in losses.items():
            self.seen[side][state.global_step] = loss
        self.stopped_by = self._met(losses)
        if self.stopped_by:
            self.stopped_at = state.global_step
            control.should_training_stop = True
            control.should_save = False  # a run that goes on from this very step would go past its stop

    @torch.no_grad()
    def look(self, model: Any, args: Any) -> dict[str, float]:
        """Mean loss over the answer tokens of each side's sample."""
        training = model.training
        losses = {side: recall(model, self.encoder, part, self.batch)["nll"] for side, part in self.samples.items()}
        model.train(training)
        if args.world_size > 1:  # the first process decides: GPUs may differ in the last digit, and all must stop
            from accelerate.utils import broadcast

            agreed: Any = broadcast(torch.tensor([*losses.values()], device=args.device))
            losses = dict(zip(losses, agreed.tolist(), strict=True))
        return losses

    def _met(self, losses: dict[str, float]) -> str | None:
        """The side whose limit is met; a loss that is not a number meets any. Damage is named before success."""
        if "retain" in losses and not losses["retain"] <= self.limits["retain"]:
            return "retain"
        if "forget" in losses and not losses["forget"] < self.limits["forget"]:
            return "forget"
        return None
