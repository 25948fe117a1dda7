"""What happens between steps: a progress bar, and a look at the retain set."""

import sys
from collections.abc import Sequence
from typing import Any

import torch
from torch.utils.data import DataLoader
from transformers import TrainerCallback

from .step import Counts, Step, count

WATCH_EVERY = 5
"""Steps between two looks at the retain sample."""


class ProgressBar(TrainerCallback):
    """One tqdm bar with the losses of both sides; silent where stderr is no terminal."""

    def __init__(self, title: str, quiet: bool, watch: "RetainWatch | None" = None):
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
            if self.watch is not None and self.watch.seen:
                shown["retain, looked at"] = f"{[*self.watch.seen.values()][-1]:.3f}"
            self.bar.set_postfix(shown)

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Closes the bar."""
        if self.bar is not None:
            self.bar.close()


class RetainWatch(TrainerCallback):
    """Looks at the loss on a fixed sample of retain examples, and may end the run."""

    def __init__(self, plan: Any, sample: Sequence[int], batch: int, limit: float | None):
        """`limit`: above this mean loss the run ends; None only looks."""
        self.plan = plan
        rows = [{"retain": plan.encoder(plan.examples["retain"][i])} for i in sample]
        self.loader = DataLoader(rows, batch_size=batch, collate_fn=plan.collate)  # type: ignore[arg-type]
        self.limit = limit
        self.seen: dict[int, float] = {}
        self.stopped_at: int | None = None

    def on_step_end(self, args: Any, state: Any, control: Any, model: Any = None, **_: Any) -> None:
        """Every few steps: look, and stop where it is too much."""
        if state.global_step % WATCH_EVERY:
            return
        loss = self.look(model, args.device)
        self.seen[state.global_step] = loss
        if self.limit is not None and not loss <= self.limit:  # a loss that is not a number is too much as well
            self.stopped_at = state.global_step
            control.should_training_stop = True

    @torch.no_grad()
    def look(self, model: Any, device: Any) -> float:
        """Mean loss over the sample's answer tokens."""
        training = model.training
        model.eval()
        total = tokens = 0.0
        for batches in self.loader:
            batch = {key: value.to(device) for key, value in batches["retain"].items()}
            total += float(-Step(model, batch, Counts(1, 1)).token_logp.sum())
            tokens += count(batch)[0]
        model.train(training)
        return total / max(tokens, 1.0)
