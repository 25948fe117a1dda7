"""The same calls through another toolkit; `llm.py --beside` runs this file with the Python that has it.

Both are told what ours has to find out: the endpoint's limit. curator counts tokens with tiktoken, which fetches its
vocabulary from the network; a stand-in takes its place, so curator's CPU time leaves that out.
"""

import json
import os
import sys
import time


def text(k: int) -> str:
    """As in `llm.body`."""
    return f"Person {k}. " + "The quick brown fox jumps over the lazy dog. " * 60


def distilabel(url: str, calls: int, limit: int) -> int:
    from distilabel.models import OpenAILLM  # pyright: ignore[reportMissingImports]
    from distilabel.pipeline import Pipeline  # pyright: ignore[reportMissingImports]
    from distilabel.steps import LoadDataFromDicts  # pyright: ignore[reportMissingImports]
    from distilabel.steps.tasks import TextGeneration  # pyright: ignore[reportMissingImports]

    with Pipeline("bench") as pipeline:
        load = LoadDataFromDicts(data=[{"instruction": text(k)} for k in range(calls)], batch_size=limit)
        model = OpenAILLM(model="gpt-4o", base_url=url, api_key="none")
        _ = load >> TextGeneration(llm=model, input_batch_size=limit)
    rows = pipeline.run(use_cache=False)["default"]["train"]
    return sum(answer is not None for answer in rows["generation"])


def curator(url: str, calls: int, limit: int) -> int:
    os.environ.update(OPENAI_API_KEY="none", TELEMETRY_ENABLED="false", CURATOR_DISABLE_CACHE="1")
    import tiktoken  # pyright: ignore[reportMissingImports]

    class StandIn:
        def encode(self, words: str, **_: object) -> list[int]:
            return list(words.encode()[::4])

    tiktoken.get_encoding = tiktoken.encoding_for_model = lambda _: StandIn()
    from bespokelabs import curator as toolkit  # pyright: ignore[reportMissingImports]

    pace = {"max_requests_per_minute": 10**6, "max_tokens_per_minute": 10**9, "max_concurrent_requests": limit}
    params = {"base_url": url, "require_all_responses": False, **pace}
    answers = toolkit.LLM(model_name="gpt-4o", backend="openai", backend_params=params)([text(k) for k in range(calls)])
    return len(getattr(answers, "dataset", answers))


if __name__ == "__main__":
    name, url, calls, limit = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    wall, cpu = time.perf_counter(), sum(os.times()[:4])
    answered = {"distilabel": distilabel, "curator": curator}[name](url, calls, limit)
    wall, cpu = time.perf_counter() - wall, sum(os.times()[:4]) - cpu
    speed = {"calls_per_s": round(answered / wall, 1), "cpu_ms_per_call": round(1000 * cpu / calls, 2)}
    print(json.dumps({"through": name, "answered": answered, "seconds": round(wall, 2), **speed}))
