"""Trains a model by a plan and a method: checkpoints as it goes, goes on from the last one, saves what was trained."""

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

from .models import ADAPTER_FILE, rebase
from .settings import Training


class Fit:
    """The outcome of a training."""

    def __init__(self, trainer: Any, minutes: float, steps_before: int):
        self.trainer = trainer
        self.minutes = minutes
        self.steps_here = trainer.state.global_step - steps_before

    @property
    def losses(self) -> list[dict[str, float]]:
        """By step, as logged."""
        kept = ("step", "loss", "forget", "retain", "grad_norm", "learning_rate")
        return [{k: row[k] for k in kept if k in row} for row in self.trainer.state.log_history if "loss" in row]


def arguments(settings: Training, folder: Path, dtype: Any, unused: bool) -> Any:
    """The settings as transformers knows them."""
    import torch
    from transformers import TrainingArguments

    from ..errors import UsageError
    from .lora import autocast_dtype

    processes = int(os.environ.get("WORLD_SIZE", "1"))  # what every launcher sets
    if settings.batch % (processes * settings.accumulate):
        parts = f"{processes} processes x {settings.accumulate} accumulated"
        raise UsageError(f"--batch {settings.batch} cannot be cut into equal parts for {parts}.")
    made = TrainingArguments(
        output_dir=str(folder),
        per_device_train_batch_size=settings.batch // (processes * settings.accumulate),
        gradient_accumulation_steps=settings.accumulate,
        num_train_epochs=1,  # the plan holds all epochs
        learning_rate=settings.lr,
        lr_scheduler_type="linear",
        warmup_steps=settings.warmup,
        max_grad_norm=settings.clip,
        weight_decay=settings.weight_decay,
        save_strategy="steps",
        save_steps=settings.save_every,
        save_total_limit=1,
        logging_steps=1,
        logging_nan_inf_filter=False,  # a loss that is not a number is shown as one
        disable_tqdm=True,
        report_to=[],
        remove_unused_columns=False,
        ddp_find_unused_parameters=unused,
        seed=settings.seed,
        use_cpu=not torch.cuda.is_available(),
        dataloader_pin_memory=torch.cuda.is_available(),
        **autocast_dtype(dtype),
        **_checkpointing(TrainingArguments) if settings.checkpointing else {},
    )
    made._n_gpu = min(made.n_gpu, 1)  # more are for a launcher: transformers would share out pictures apart from rows
    return made


def _checkpointing(arguments: Any) -> dict[str, Any]:
    """Gradient checkpointing; transformers is renaming it."""
    name = next(
        n for n in ("activation_checkpointing", "gradient_checkpointing") if n in arguments.__dataclass_fields__
    )
    return {name: True, f"{name}_kwargs": {"use_reentrant": False}}


def fit(
    model: Any,
    method: Any,
    plan: Any,
    settings: Training,
    out: Path,
    sides: tuple[str, ...],
    title: str,
    quiet: bool = False,
    watch: Any = None,
) -> Fit:
    """Train; a run that was killed goes on from its last checkpoint."""
    from transformers import PrinterCallback, set_seed

    from .callbacks import ProgressBar
    from .models import default_dtype
    from .trainer import JointTrainer

    set_seed(settings.seed)
    checkpoints = out / "checkpoints"
    args = arguments(settings, checkpoints, default_dtype(settings.dtype), unused=settings.train_projector)
    if settings.checkpointing:
        model.enable_input_require_grads()
    trainer = JointTrainer(method, plan, sides, model=model, args=args, callbacks=[ProgressBar(title, quiet, watch)])
    trainer.remove_callback(PrinterCallback)
    if watch is not None:
        trainer.add_callback(watch)
    last = last_checkpoint(out)
    began = time.perf_counter()
    trainer.train(resume_from_checkpoint=last)
    minutes = (time.perf_counter() - began) / 60
    before = int(last.rsplit("-", 1)[-1]) if last else 0
    return Fit(trainer, minutes, before)


def last_checkpoint(out: Path) -> str | None:
    """The newest checkpoint of a run that was written to its end; what a kill cut off is removed."""
    found = (out / "checkpoints").glob("checkpoint-*")
    for folder in sorted(found, key=lambda path: int(path.name.rsplit("-", 1)[-1]), reverse=True):
        try:
            json.loads((folder / "trainer_state.json").read_text(encoding="utf-8"))  # transformers writes it last
        except (OSError, ValueError):
            shutil.rmtree(folder, ignore_errors=True)
        else:
            return str(folder)
    return None


def save(trainer: Any, processor: Any, out: Path, base: str, merge: bool) -> None:
    """What was trained into `out`: an adapter as it is, or merged into whole weights, which carry their processor."""
    inner = trainer.accelerator.unwrap_model(trainer.model)
    adapter = hasattr(inner, "merge_and_unload")
    if adapter and merge:
        if trainer.args.should_save:
            inner.merge_and_unload().save_pretrained(out)
    else:
        trainer.save_model(str(out))
    if trainer.args.should_save:
        if (out / ADAPTER_FILE).is_file():
            rebase(out, base)
        (out / "training_args.bin").unlink(missing_ok=True)  # a pickle of what run.json says in words
        if merge or not adapter:
            processor.save_pretrained(out)


def clean(out: Path) -> None:
    """Removes what only an unfinished run needs."""
    shutil.rmtree(out / "checkpoints", ignore_errors=True)
    (out / "request.json").unlink(missing_ok=True)
