"""Questions a second: `mllmu-evaluate run` beside the authors' protocol, on the same model in the same run.

    python benchmarks/evaluate.py --model MODEL --data mllmu/bench --forget 10

The authors' protocol, as their script runs it: one processor call and one `generate` a question, batch 1, greedy, up to
50 tokens, five answered examples before every multiple choice question. Both are timed after loading, with the same
number of threads; ours with all that it reads besides: the likelihood of every option, right and wrong answer.
Rounds alternate, and the best of each is shown, so that what else the machine does falls on both.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any


def ours(opened: Any, protocol: Any, questions: Sequence[Any], batch: int | None) -> None:
    from mllmu.evaluate.engine.chunks import ChunkSize, answers

    asks = [protocol.ask(one) for one in questions]
    for chunk in answers(opened.engine, asks, ChunkSize(batch)):
        for k, reply in chunk:
            protocol.record(questions[k], reply)


def theirs(model: Any, chat: Any, original: Any, questions: Sequence[Any]) -> None:
    import torch
    from mllmu.evaluate.engine import Reply
    from PIL import Image

    for question in questions:
        ask = original.ask(question)
        prompt = chat.prompt(ask.prompt, ask.data is not None)
        images = None if ask.data is None else [Image.open(BytesIO(ask.data)).convert("RGB")]
        inputs = chat.processor(text=[prompt], images=images, add_special_tokens=False, return_tensors="pt")
        inputs = inputs.to(model.device, model.dtype)
        with torch.inference_mode():
            ids = model.generate(**inputs, max_new_tokens=50, do_sample=False, pad_token_id=chat.stop_id)
        text = chat.tokenizer.decode(ids[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
        original.record(question, Reply((), text.strip()))


def rates(run: Callable[[], None], count: int) -> tuple[float, float]:
    """Questions a second by the clock, and a second of processor time."""
    began = time.perf_counter(), time.process_time()
    run()
    return count / (time.perf_counter() - began[0]), count / (time.process_time() - began[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--forget", type=int, default=10)
    parser.add_argument("--dtype", default="auto", help="of ours; theirs is float32, or bfloat16 on a GPU")
    parser.add_argument("--batch", type=int, help="of ours")
    parser.add_argument("--sample", type=int, default=90, help="questions asked by the authors' protocol each round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    import torch
    from mllmu.evaluate.engine.load import load as load_model
    from mllmu.evaluate.engine.load import open_engine
    from mllmu.evaluate.original import Original
    from mllmu.evaluate.protocol import Protocol
    from mllmu.evaluate.questions import load
    from mllmu.unlearn.chat import Chat
    from mllmu.unlearn.models import default_dtype, load_processor
    from mllmu.unlearn.release import Source

    questions = load(Source(options.data), ("forget", "test", "celebrity"), options.forget, None, 0)
    sample = random.Random(0).sample(questions, min(options.sample, len(questions)))
    protocol, original = Protocol("text"), Original(questions, 0)
    opened = open_engine(options.model, None, "hf", options.dtype, [protocol.ask(one) for one in questions[:4]])
    kind: Any = str(default_dtype("auto")).removeprefix("torch.")
    model, chat = load_model(options.model, None, kind), Chat(load_processor(options.model))
    ours(opened, protocol, questions[:20], options.batch)
    theirs(model, chat, original, sample[:3])
    timed = [
        (rates(lambda: ours(opened, protocol, questions, options.batch), len(questions)),
         rates(lambda: theirs(model, chat, original, sample), len(sample)))
        for _ in range(options.rounds)
    ]  # fmt: skip
    title = f"{len(questions)} questions, {torch.get_num_threads()} threads, {opened.device}, best of {options.rounds}"
    print(f"{title:<56} {'a second':>9} {'a processor second':>19}")
    best = [[max(kind[who][clock] for kind in timed) for clock in (0, 1)] for who in (0, 1)]
    name = f"mllmu-evaluate ({opened.engine.name}, {opened.dtype})"
    for row, (wall, processor) in (("the authors: one generate a question", best[1]), (name, best[0])):
        print(f"{row:<56} {wall:>9.1f} {processor:>19.1f}")
    print(f"{'times':<56} {best[0][0] / best[1][0]:>9.1f} {best[0][1] / best[1][1]:>19.1f}")


if __name__ == "__main__":
    main()
