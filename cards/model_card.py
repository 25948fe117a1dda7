"""The card of a trained checkpoint: how it was made, said when it is; its scores, once they are there."""

import re
from typing import Any

from .templating import render

_SCORES = re.compile(r"(<!-- scores[^>]*-->\n).*?(<!-- end of scores -->)", re.DOTALL)


def model_card(record: dict[str, Any], base_model: str | None, adapter: bool) -> str:
    """README.md of a run, with room for its scores.

    Args:
        record: The run's `run.json`.
        base_model: What it was made from, by its name on the Hub; None if that is not there.
        adapter: Whether the folder holds an adapter, not whole weights.
    """
    import yaml

    request = record["request"]
    meta = {
        **({"base_model": base_model} if base_model else {}),
        "library_name": "peft" if adapter else "transformers",
        "pipeline_tag": "image-text-to-text",
        "tags": ["machine-unlearning", "mllmu-bench", *([request["method"]] if "method" in request else [])],
    }
    body = render("model_card.md", **_made(request), how=_how(record, base_model), prompt=record.get("system_prompt"))
    return f"---\n{yaml.safe_dump(meta, sort_keys=False)}---\n{body}"


def with_scores(card: str, scores: str, dataset: str | None) -> str:
    """The card with `scores` (Markdown) in the place of those before; all else that stands in it stays.

    Args:
        card: A README.md; it may be of another hand, or empty.
        scores: What to put there.
        dataset: The benchmark's name on the Hub, for the metadata; None to leave these alone.

    Raises:
        ValueError, yaml.YAMLError: The card's metadata cannot be read.
    """
    from huggingface_hub import ModelCard

    if not _SCORES.search(card):
        card = f"{card.rstrip()}\n\n" + render("scores.md")
    card = _SCORES.sub(lambda found: f"{found[1]}\n{scores}\n\n{found[2]}", card)
    if dataset is None:
        return card
    parsed = ModelCard(card)
    datasets = parsed.data.get("datasets") or []
    parsed.data["datasets"] = list(dict.fromkeys([*([datasets] if isinstance(datasets, str) else datasets), dataset]))
    return parsed.content


def _made(request: dict[str, Any]) -> dict[str, str]:
    """What it is, and the command."""
    if "concepts" in request:
        which = ",".join(request["concepts"])
        command = f"mllmu-unlearn run --method {request['method']} --concepts {which}"
        return {"title": f"{request['method']}, {len(request['concepts'])} concepts forgotten", "command": command}
    if request["job"] == "unlearn":
        command = f"mllmu-unlearn run --method {request['method']} --forget {request['forget']:02d}"
        return {"title": f"{request['method']}, {request['forget']} % forgotten", "command": command}
    if request["job"] == "finetune":
        return {"title": f"Fine-tuned on {request['on']}", "command": f"mllmu-unlearn finetune --on {request['on']}"}
    return {"title": "The reference model, base", "command": "mllmu-unlearn base"}


def _how(record: dict[str, Any], base_model: str | None) -> list[tuple[str, object]]:
    """Everything that decided the weights, as far as a person wants to know; `run.json` has it all."""
    request, data = record["request"], record.get("data") or {}
    lines: list[tuple[str, object]] = []
    if base_model:
        lines.append(("made from", f"[{base_model}](https://huggingface.co/{base_model})"))
    if source := data.get("source"):
        lines.append(("data", f"`{source}`" + (f" at `{data['revision']}`" if data.get("revision") else "")))
    settings = {**(request.get("knobs") or {}), **(request.get("settings") or {})} if "steps" in record else {}
    lines += [(name.replace("_", " "), value) for name, value in settings.items() if value is not None]
    if "steps" in record:
        lines.append(("steps", f"{record['steps']}, in {record['minutes']} minutes"))
    for side in ("forget", "retain"):
        if losses := [step[side] for step in record.get("losses") or [] if side in step]:
            lines.append((f"last {side} loss", f"{losses[-1]:.3f}"))
    return [*lines, ("mllmu-bench", record.get("versions", {}).get("mllmu-bench", ""))]
