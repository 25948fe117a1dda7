"""What an evaluation was of: its request, its model's own record, the words that tables use."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from ..errors import UsageError
from ..unlearn.models import identity
from ..unlearn.run_record import made, read_record, versions, write_json
from .records import RUN, Role

if TYPE_CHECKING:
    from .run import Request


def describe(request: "Request") -> dict[str, Any]:
    """What must be the same for an evaluation to go on: all that decides a record.

    Raises:
        UsageError: A model is missing; or options contradict each other.
    """
    if request.model is None and request.floor != "chance":
        raise UsageError("which model? Give --model FOLDER, or a Hub id.")
    if request.compat and request.pmi:
        raise UsageError("--pmi compares likelihoods, and --compat original has none. Leave one of the two out.")
    if request.compat and request.choice != "auto":
        raise UsageError("--compat original puts multiple choice in a way of its own. Leave --choice out.")
    weights = [identity(path) for path in (request.model, request.adapter) if path]
    return {
        "model": request.model,
        "adapter": request.adapter,
        "data": request.source.data,
        "revision": request.source.revision,
        "forget": request.ratio,
        "sets": list(request.sets),
        "people": request.people,
        "seed": request.seed,
        "floor": request.floor,
        "protocol": "original" if request.compat else "mllmu",
        "choice": None if request.compat or request.floor == "chance" else _choice(request),
        "pmi": request.pmi,
        "engine": request.engine,
        "dtype": request.dtype,
        "weights": weights,
        "release": made(request.source.data),
    }


def _choice(request: "Request") -> str:
    from ..unlearn.presets import is_reference

    if request.choice != "auto":
        return request.choice
    return "text" if is_reference(str(request.model)) else "letter"


def record_of(
    request: "Request", wanted: dict[str, Any], fingerprint: str, count: int, how: dict[str, Any]
) -> dict[str, Any]:
    """`run.json`."""
    own = _own(request)
    role, method = _role(request, own)
    return {
        "label": request.label or method,
        "model": None if request.model is None else _public(request.adapter or request.model),
        "role": role,
        "method": method,
        "model_record": own,
        "data": {
            "source": _public(request.source.data),
            "revision": request.source.revision,
            "questions": count,
            "sha256": fingerprint,
        },
        "forget": request.ratio,
        "seed": request.seed,
        "choice": wanted["choice"],
        "protocol": wanted["protocol"],
        **how,
        "versions": versions(),
        "request": wanted,
    }


def rename(request: "Request") -> None:
    """A finished evaluation's label and role, where others are asked for now."""
    path = request.out / RUN
    run = json.loads(path.read_text(encoding="utf-8"))
    if request.role:
        run["role"], run["method"] = _role(request, run["model_record"])
    if request.label or request.role:
        write_json(path, run | {"label": request.label or run["method"]})


def check_ratio(request: "Request") -> None:
    """Whether the model's own record fits the forget set that it is asked about.

    Raises:
        UsageError: It forgot, or never saw, another share of the people; and no role is given.
    """
    job = (_own(request) or {}).get("request", {})
    share = job.get("forget")
    if job.get("job") == "finetune" and str(job["on"]).startswith("retain_"):
        share = 100 - int(str(job["on"]).removeprefix("retain_"))
    if share not in (None, request.ratio) and not (request.role or request.floor):
        raise UsageError(
            f"{request.adapter or request.model} is about --forget {share:02d}, not {request.ratio:02d}: the people "
            "would be others. Give --role to have it so."
        )


def _own(request: "Request") -> dict[str, Any] | None:
    """The model's own record, without its losses step by step."""
    if request.model is None:
        return None
    own = (request.adapter and read_record(request.adapter)) or read_record(request.model)
    return {key: value for key, value in own.items() if key not in ("losses", "watched")} if own else None


def _role(request: "Request", own: dict[str, Any] | None) -> tuple[str, str]:
    """(role, method): as asked for, else what the model's record says, else base."""
    job = (own or {}).get("request", {})
    if request.floor:
        return "floor", request.floor
    match job.get("job"):
        case "unlearn":
            found, method = "unlearned", str(job["method"])
        case "finetune":
            found = "retain" if str(job["on"]).startswith("retain") else "vanilla"
            method = found
        case _:
            found = method = "base"
    if request.role and request.role != found:
        assert request.role in get_args(Role)
        name = Path(request.adapter or str(request.model)).name
        return request.role, name if request.role == "unlearned" else request.role
    return found, method


def _public(path: str) -> str:
    """A Hub id as it is; of a folder its last two parts, for the rest is nobody's business."""
    return "/".join(Path(path).parts[-2:]) if Path(path).exists() else path
