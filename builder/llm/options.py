"""The settings of a build whose words are a model's."""

from typing import Any, Literal

from pydantic import Field

from ...schemas.base import Strict

NOT_RECORDED = ("base_url", "judge_url", "tries", "timeout", "concurrency", "max_cost", "prices", "batch")
"""Settings that say where and how to ask, not what: they may change from one run of a build to the next."""


class Options(Strict):
    """What to ask a model for, and how. Field names are keys of a config file and options of `generate`."""

    model: str | None = None
    """The model's name, as the endpoint knows it. Goes with `writer = "openai"`."""
    look_at_portrait: bool = False
    """Whether the model sees the portrait while it writes the profile, as the paper did."""
    facts: Literal["sampled", "llm"] = "sampled"
    """Who decides a person's life: our sampler, or the model within the sampler's quotas."""
    distractors: Literal["sampled", "llm"] = "sampled"
    """Who makes up the wrong options."""
    temperature: float | None = Field(default=None, ge=0, le=2)
    """Sent along when given; some models refuse it."""
    judge: str | None = None
    """The model that reviews every question; none by default."""

    base_url: str | None = None
    """The endpoint; by default OPENAI_BASE_URL, else OpenAI's own."""
    judge_url: str | None = None
    """The judge's endpoint; by default the writer's."""
    tries: int = Field(default=4, ge=1, le=20)
    """Replies asked for in each stage of a person before the slot is given up."""
    timeout: float = Field(default=120.0, gt=0)
    """Seconds to wait for one reply."""
    concurrency: int = Field(default=256, ge=1, le=4096)
    """Calls under way at once, at most; how many the endpoint takes is found out."""
    max_cost: float | None = Field(default=None, gt=0)
    """US dollars after which nothing more is asked, over all runs of the build."""
    prices: str | None = None
    """TOML file of prices that override or extend ours."""
    batch: bool = False
    """Whether to ask through the batch API: at half the price, within a day."""

    def content_options(self) -> dict[str, Any]:
        """The settings that decide what is written, for the manifest; none when no model writes."""
        if self.model is None:
            return {}
        return {name: getattr(self, name) for name in Options.model_fields if name not in NOT_RECORDED}
