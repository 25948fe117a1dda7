"""What else a model can do, once it has forgotten: MMMU, LLaVA-Bench, and by lmms-eval whatever else there is."""

TASKS = {
    "mmmu": "MMMU, validation: college-level questions with pictures; accuracy.",
    "llava_bench": "LLaVA-Bench (in the wild): open questions about pictures; graded beside a reference by a judge.",
}
"""Name of a module in here -> what it asks."""
