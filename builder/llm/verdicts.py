"""What the judge said of a build, summed up from the record: for the card, the report, and a file of the release."""

import json
from typing import Any

from pydantic import ValidationError

from ..checks.base import CheckResult
from ..ledger import Ledger
from .reply import read
from .writing.judge import QUALITIES
from .writing.replies import JudgeReply

FILE = "judge.json"
_RULE = "Every question was found grounded, unambiguous and natural by a judge; the ones it rejected were redone."


def review(ledger: Ledger, model: str) -> tuple[CheckResult, bytes]:
    """The judge's row among the checks, and `judge.json`: every rejected question with the judge's reason.

    What it rejected has been redone until it passed, else there would be no release; so nothing counts as failed.
    """
    sql = "SELECT slot, reply FROM calls WHERE stage = 'judge' AND verdict = '[]' ORDER BY slot, key"
    judged = 0
    kept = dict.fromkeys(QUALITIES, 0)
    rejected: list[dict[str, Any]] = []
    for slot, raw in ledger.execute(sql):
        try:
            reply = JudgeReply.model_validate_json(read(raw).text)
        except ValidationError:
            continue
        for verdict in reply.verdicts:
            judged += 1
            faults = [quality for quality in QUALITIES if not getattr(verdict, quality)]
            for quality in QUALITIES:
                kept[quality] += quality not in faults
            if faults:
                person, questions = slot.split("/")
                where = {"person": person, "questions": questions, "number": verdict.number}
                rejected.append({**where, "not": faults, "reason": verdict.reason})
    figures = {"rejected": float(len(rejected)), **{name: count / max(judged, 1) for name, count in kept.items()}}
    result = CheckResult(name="judge", rule=_RULE, tried=judged, failed=0, examples=(), figures=figures)
    told = {"model": model, "judged": judged, "rejected": rejected}
    return result, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
