"""The model card of a run: what it is, what it was made from, how it went."""

from typing import Any

import yaml


def model_card(record: dict[str, Any]) -> str:
    """README.md, with the metadata that the Hub reads."""
    request = record["request"]
    made = _sentence(request)
    meta = {
        "library_name": "transformers",
        "pipeline_tag": "image-text-to-text",
        "tags": ["machine-unlearning", "mllmu"],
    }
    lines = ["---", yaml.safe_dump(meta, sort_keys=False).strip(), "---", f"# {made[0]}", "", made[1], ""]
    if losses := record.get("losses"):
        last = ", ".join(f"{side} {losses[-1][side]:.3f}" for side in ("forget", "retain") if side in losses[-1])
        lines += [f"{record['steps']} steps, {record['minutes']} minutes; last losses: {last}."]
    if record.get("system_prompt"):
        lines += [f"> {record['system_prompt']}"]
    lines += ["", "The people are fictitious. Everything that made this run is in `run.json`.", ""]
    return "\n".join(lines)


def _sentence(request: dict[str, Any]) -> tuple[str, str]:
    if "concepts" in request:
        which = ",".join(request["concepts"])
        made = f"Made with `mllmu-unlearn run --method {request['method']} --concepts {which}`."
        return f"{request['method']}, {len(request['concepts'])} concepts forgotten", made
    if request["job"] == "unlearn":
        what = f"{request['method']}, {request['forget']} % forgotten"
        return what, f"Made with `mllmu-unlearn run --method {request['method']} --forget {request['forget']:02d}`."
    if request["job"] == "finetune":
        return f"Fine-tuned on {request['on']}", f"Made with `mllmu-unlearn finetune --on {request['on']}`."
    return "The reference model, base", "Made with `mllmu-unlearn base`."
