"""What a run is worth. One small file a family of metrics, and one line here."""

from . import c_dis, diversity, fluency, forgotten, g_eval, groups, jailbreak, kept, membership
from .base import Metric, Original, Value

__all__ = ["METRICS", "Metric", "Original", "Value"]

METRICS: dict[str, Metric] = {
    metric.key: metric
    for metric in (
        forgotten.EFFICACY,
        forgotten.GENERALITY,
        forgotten.WORDING,
        g_eval.GENERALITY,
        c_dis.C_DIS,
        kept.SPECIFICITY,
        kept.SPECIFICITY_FACTS,
        kept.FACTS,
        kept.BY_PICTURE,
        fluency.FLUENCY,
        diversity.DIVERSITY,
        membership.MEMBERSHIP,
        membership.SUSPICIOUS,
        jailbreak.MULTILINGUAL,
        g_eval.MULTILINGUAL,
        jailbreak.MULTI_HOP,
        groups.MISNAMED,
        groups.ALONE,
        groups.BUTTERFLY,
        groups.OWN,
    )
}
"""By key, in the order of tables."""
