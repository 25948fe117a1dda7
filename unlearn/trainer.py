"""`transformers.Trainer`, but a step holds a forget and a retain batch, and a method decides the loss."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import Dataset, SequentialSampler
from transformers import PreTrainedModel, Trainer

from .collate import Batch, collate
from .data import Example
from .encode import Encoded, Encoder
from .schedule import Item
from .step import REFERENCE_LOGP, Counts, Step, count

SIDES = ("forget", "retain")


class Plan(Dataset[dict[str, Any]]):
    """The schedule as a dataset: item k is what stands in row k of the run."""

    def __init__(
        self,
        items: Sequence[Item],
        encoder: Encoder,
        forget: Sequence[Example] = (),
        retain: Sequence[Example] = (),
        reference_logp: Sequence[float] | None = None,
    ):
        """`reference_logp` is what a model outside of this run gives each forget answer."""
        self.items = items
        self.encoder = encoder
        self.examples = {"forget": forget, "retain": retain}
        self.reference_logp = reference_logp

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> dict[str, Any]:
        item = self.items[index]
        row: dict[str, Any] = {}
        for side in SIDES:
            if (i := getattr(item, side)) is not None:
                row[side] = self.encoder(self.examples[side][i])
        if self.reference_logp is not None and item.forget is not None:
            row[REFERENCE_LOGP] = self.reference_logp[item.forget]
        return row

    def collate(self, rows: Sequence[dict[str, Any]]) -> dict[str, Batch]:
        """Rows as one batch a side."""
        pad = self.encoder.chat.tokenizer.pad_token_id
        pad = self.encoder.chat.stop_id if pad is None else pad
        batches: dict[str, Batch] = {}
        for side in SIDES:
            encoded: list[Encoded] = [row[side] for row in rows if side in row]
            if encoded:
                batches[side] = collate(encoded, pad)
        if rows and REFERENCE_LOGP in rows[0]:
            batches["forget"][REFERENCE_LOGP] = torch.tensor([row[REFERENCE_LOGP] for row in rows])
        return batches


class JointTrainer(Trainer):
    """Trains by a method's loss on forget and retain batches."""

    def __init__(self, method: Any, plan: Plan, sides: Sequence[str] = SIDES, **kwargs: Any):
        """`sides`: the batches that the method's loss takes, in order."""
        super().__init__(train_dataset=plan, data_collator=plan.collate, **kwargs)
        self.method = method
        self.plan = plan
        self.sides = sides
        self._seen: dict[str, float] = {}

    def _get_train_sampler(self, train_dataset: Any = None) -> SequentialSampler:
        return SequentialSampler(range(len(self.plan)))  # the plan is the order

    def floating_point_ops(self, inputs: Any) -> int:
        """Not estimated: transformers' formula knows neither pictures nor two batches a step."""
        return 0

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        """Whole weights come back by the model's own loading, and all of them.

        transformers would look for them by the names that they have in memory, where it has renamed them on saving
        (LLaVA's and others'), find none, warn, and go on from the weights that the run began with.
        """
        if isinstance(self.model, PreTrainedModel) and not self.is_fsdp_enabled:
            saved = type(self.model).from_pretrained(resume_from_checkpoint, dtype=self.model.dtype)
            self.model.load_state_dict(saved.state_dict())
        else:
            super()._load_from_checkpoint(resume_from_checkpoint, model)

    def get_batch_samples(
        self, epoch_iterator: Iterator[Any], num_batches: int, device: Any
    ) -> tuple[list[Any], Tensor]:
        """The batches of one optimiser step, and over all processes their answer tokens and examples."""
        batches = list(islice(epoch_iterator, num_batches))
        totals = torch.tensor(
            [[sum(part) for part in zip(*(count(b[side]) for b in batches if side in b), strict=True)] or [0, 0]
             for side in self.sides], device=device, dtype=torch.float32,
        )  # fmt: skip
        return batches, self.accelerator.reduce(totals, "sum")  # type: ignore[return-value]

    def training_step(self, model: Any, inputs: dict[str, Any], num_items_in_batch: Any = None) -> Tensor:
        """Back-propagates the terms of the loss one after the other, so that memory is that of the largest."""
        model.train()
        inputs = self._prepare_inputs(inputs)
        steps = {side: self._step(model, inputs.get(side), num_items_in_batch[k]) for k, side in enumerate(self.sides)}
        total = torch.zeros((), device=self.args.device)
        for term in self._terms(steps):
            total += term.detach()
            if term.requires_grad:
                self._backward(term)
        for side, step in steps.items():
            if isinstance(step, Step) and step.was_run:
                part = float(step.nll.detach())
                self._seen[side] = self._seen.get(side, 0.0) + part
        return total  # its mean over processes and sum over accumulated batches is the step's loss

    def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
        """Adds forget and retain loss to what is logged."""
        seen = [self._seen.pop(side, 0.0) for side in SIDES]
        if "loss" in logs:
            means: Any = self.accelerator.reduce(torch.tensor(seen, device=self.args.device), "mean")
            logs = {**logs, **{side: value for side, value in zip(SIDES, means.tolist(), strict=True) if value}}
        super().log(logs, start_time)

    def _step(self, model: Any, batch: Batch | None, totals: Tensor) -> "Step | Absent":
        if batch is None:
            return Absent(self.args.device)
        inner = self.accelerator.unwrap_model(model)
        counts = Counts(totals[0], totals[1], self.accelerator.num_processes)
        return Step(model, batch, counts, getattr(inner, "disable_adapter", None))

    def _terms(self, steps: dict[str, Any]) -> Iterator[Tensor]:
        with self.compute_loss_context_manager():
            loss = self.method.loss(*(steps[side] for side in self.sides))
            if isinstance(loss, Tensor):
                yield loss
            elif self.is_deepspeed_enabled:  # its engine steps after each backward: one term it is
                yield torch.stack(list(loss)).sum()
            else:
                yield from loss

    def _backward(self, term: Tensor) -> None:
        extra = {"scale_wrt_gas": False} if self.is_deepspeed_enabled else {}
        self.accelerator.backward(term, **extra)


class Absent:
    """The side that a phase is not about (`--compat original`): every term of it is zero."""

    def __init__(self, device: Any):
        self._zero = torch.zeros((), device=device)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("mean_"):
            return lambda values: self._zero
        return self if name == "reference" else self._zero
