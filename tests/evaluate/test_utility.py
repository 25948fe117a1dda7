"""Other benchmarks, on small copies with the Hub's layout: folders of parquet, and a README that names the configs."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from click.testing import CliRunner
from mllmu.errors import MllmuError, UsageError
from mllmu.evaluate.commands.utility import command
from mllmu.evaluate.engine import Heard, Reply
from mllmu.evaluate.judge.judge import Judge, Settings
from mllmu.evaluate.judge.rubric import UnreadableError
from mllmu.evaluate.utility import llava_bench, lmms, mmmu
from mllmu.evaluate.utility.run import Request, run
from mllmu.evaluate.utility.scores import share
from mllmu.evaluate.utility.source import listed, side_by_side

datasets = pytest.importorskip("datasets")


def picture(colour: str, size: tuple[int, int] = (40, 40)) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def mmmu_row(k: int, subject: str, **more) -> dict:
    """As MMMU has it: options a list written as a string, seven columns for pictures, most of them empty."""
    row = {
        "id": f"validation_{subject}_{k}",
        "question": f"What does <image 1> show ({k})?",
        "options": "['a ledger', 'a \"balance\" sheet', 'an invoice', '<image 1> itself']",
        "explanation": "",
        **{f"image_{n}": None for n in range(1, 8)},
        "img_type": "['Tables']",
        "answer": "ABCD"[k % 4],
        "topic_difficulty": "Easy",
        "question_type": "multiple-choice",
        "subfield": "Auditing",
    }
    return row | {"image_1": {"bytes": picture("red"), "path": "1.png"}} | more


OPEN = {"options": "[]", "question_type": "open", "answer": "['0.5', '1/2']"}
TWO = {
    "question": "Is <image 2> older than <image 1>?",
    "image_2": {"bytes": picture("blue", (20, 10)), "path": "2.png"},
}


@pytest.fixture(scope="module")
def mmmu_copy(tmp_path_factory):
    """Two of the thirty subjects."""
    folder = tmp_path_factory.mktemp("MMMU")
    text, image = datasets.Value("string"), datasets.Image()
    columns = {name: image if name.startswith("image_") else text for name in mmmu_row(0, "Art")}
    subjects = {
        "Accounting": [mmmu_row(k, "Accounting") for k in range(4)],
        "Art": [mmmu_row(0, "Art"), mmmu_row(1, "Art", **TWO), mmmu_row(2, "Art", **OPEN)],
    }
    return write_copy(folder, subjects, datasets.Features(columns), "validation")


@pytest.fixture(scope="module")
def wild_copy(tmp_path_factory):
    """Four questions about two pictures."""
    seen = picture("green")
    rows = [
        {"question_id": k, "question": f"What is odd here ({k})?", "image": {"bytes": seen, "path": "x.png"},
         "caption": f"A cat on a roof, {k}.", "gpt_answer": "A cat sits on a roof.",
         "category": ("conv", "detail", "complex", "conv")[k], "image_id": f"00{k // 2}"}
        for k in range(4)
    ]  # fmt: skip
    text = datasets.Value("string")
    columns = {"question_id": datasets.Value("int8"), "question": text, "image": datasets.Image(), "caption": text,
               "gpt_answer": text, "category": text, "image_id": text}  # fmt: skip
    return write_copy(tmp_path_factory.mktemp("wild"), {"data": rows}, datasets.Features(columns), "train")


def write_copy(folder, configs, features, split):
    lines = ["---", "configs:"]
    for name, rows in configs.items():
        (folder / name).mkdir()
        table = datasets.Dataset.from_list(rows, features=features)
        table.to_parquet(folder / name / f"{split}-00000-of-00001.parquet")
        config = "default" if name == "data" else name
        lines += [f"- config_name: {config}", "  data_files:", f"  - split: {split}", f"    path: {name}/{split}-*"]
    (folder / "README.md").write_text("\n".join([*lines, "---", ""]))
    return str(folder)


def knows(rights: dict[str, str], seen: list | None = None):
    """A model that gives these answers, A or nothing otherwise, the last question first."""

    def answer(asked):
        for k in reversed(range(len(asked))):
            if seen is not None:
                seen.append(asked[k].id)
            yield k, rights.get(asked[k].id, "A")

    return answer


def test_questions_are_read_as_mmmu_has_them(mmmu_copy):
    asked = {one.id: one for one in mmmu.questions(mmmu_copy)}
    assert len(asked) == 7
    one = asked["validation_Accounting_1"]
    assert one.letters == ("A", "B", "C", "D")
    assert 'B. a "balance" sheet' in one.prompt
    assert "<image" not in one.prompt
    assert one.picture == picture("red")
    assert one.ask().candidates == one.letters
    assert one.right == ("B",)


def test_an_open_question_has_no_letters_and_several_right_answers(mmmu_copy):
    (one,) = [one for one in mmmu.questions(mmmu_copy) if not one.letters]
    assert one.right == ("0.5", "1/2")
    assert one.ask().tokens == mmmu.TOKENS
    assert not one.ask().candidates


@pytest.mark.parametrize(
    ("answer", "right"),
    [("0.5", 1), ("1/2", 1), (" 0.50 ", 1), ("It is 0.5.", 1), ("0.501", 1), ("0.6", 0), ("0.5 or 0.7", 0), ("", 0)],
)
def test_open_answers(mmmu_copy, answer, right):
    (one,) = [one for one in mmmu.questions(mmmu_copy) if not one.letters]
    assert mmmu.correct(one, answer) == bool(right)


def test_several_pictures_stand_side_by_side_in_their_order(mmmu_copy):
    from PIL import Image

    one = next(one for one in mmmu.questions(mmmu_copy) if "older" in one.prompt)
    assert "Is [picture 2 from the left] older than [picture 1 from the left]?" in one.prompt
    assert one.picture is not None
    image = Image.open(BytesIO(one.picture))
    assert image.size == (40 + 80, 40)  # the second is scaled to the first's height
    assert image.getpixel((5, 5)) == (255, 0, 0)
    assert image.getpixel((100, 20)) == (0, 0, 255)


def test_no_picture_is_no_picture():
    assert side_by_side([]) is None


def test_the_likeliest_letter_is_the_answer(mmmu_copy):
    one = next(one for one in mmmu.questions(mmmu_copy) if one.letters)
    heard = tuple(Heard([logp], [False]) for logp in (-3.0, -2.0, -0.5, -4.0))
    assert one.answer(Reply(heard)) == "C"


def test_accuracy_beside_chance_and_by_subject(mmmu_copy, tmp_path):
    scored = run(Request("mmmu", "m", tmp_path, mmmu_copy), answerer=knows({"validation_Art_2": "1/2"}))
    # A is right for Accounting_0 and Art_0; Art_1 is B, the open one is right: 3 of 7
    assert scored["accuracy"]["mean"] == pytest.approx(3 / 7, abs=1e-4)
    assert scored["accuracy"]["low"] < 3 / 7 < scored["accuracy"]["high"]
    assert scored["subjects"] == {"Accounting": 0.25, "Art": 0.6667}
    assert scored["chance"] == pytest.approx(6 / 4 / 7, abs=1e-4)
    assert len(scored["subjects_missing"]) == 28
    assert json.loads((tmp_path / "utility" / "mmmu.json").read_text()) == scored


def test_a_killed_run_asks_only_what_has_no_answer(mmmu_copy, tmp_path):
    request, seen = Request("mmmu", "m", tmp_path, mmmu_copy), []
    whole = run(request, answerer=knows({}))
    path = tmp_path / "utility" / "mmmu.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_bytes(("".join(lines[:4]) + "é").encode()[:-1])  # the request, three answers, and a torn line
    assert run(request, answerer=knows({}, seen)) == whole
    assert len(seen) == 4
    assert run(request, answerer=knows({}, seen)) == whole
    assert len(seen) == 4


def test_another_models_answers_are_not_gone_on_with(mmmu_copy, tmp_path):
    run(Request("mmmu", "m", tmp_path, mmmu_copy), answerer=knows({}))
    with pytest.raises(UsageError, match="another request"):
        run(Request("mmmu", "other", tmp_path, mmmu_copy), answerer=knows({}))


def test_a_real_model_is_asked(mmmu_copy, tmp_path, family):
    done = CliRunner().invoke(
        command,
        ["--model", str(family("llava")), "--task", "mmmu", "--data", mmmu_copy, "--out", str(tmp_path), "-q"],
        catch_exceptions=False,
    )
    assert done.exit_code == 0, done.output
    assert "chance 21.4%" in done.stdout
    assert "28 subjects are not in the data" in done.stdout
    answers = [json.loads(line) for line in (tmp_path / "utility" / "mmmu.jsonl").read_text().splitlines()[1:]]
    assert len(answers) == 7
    assert all(one["answer"] in "ABCD" for one in answers if one["id"] != "validation_Art_2")


def test_a_wrong_layout_is_named(wild_copy, tmp_path):
    with pytest.raises(UsageError, match="no questions"):
        run(Request("mmmu", "m", tmp_path, wild_copy), answerer=knows({}))
    with pytest.raises(UsageError, match="cannot read"):
        run(Request("mmmu", "m", tmp_path, str(tmp_path / "nowhere")), answerer=knows({}))


def test_lists_in_strings():
    assert listed("['a', \"it's b\"]") == ["a", "it's b"]
    assert listed("plain") == ["plain"]
    assert listed("1/2") == ["1/2"]
    assert listed("[2, 3.5]") == ["2", "3.5"]


class Grader(BaseHTTPRequestHandler):
    """Gives the reference 8, a good answer 6, any other 2; and whoever stands first one more."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        case = json.loads(body["messages"][1]["content"])
        worth = {"A cat sits on a roof.": 8, "good": 6}
        first, second = (worth.get(case[f"{place}_answer"], 2) for place in ("first", "second"))
        content = json.dumps({"reason": "", "first": first + 1, "second": second})
        if "3" in case["picture"]:
            content = "no idea"
        message = {"role": "assistant", "content": content}
        reply = {"id": "x", "object": "chat.completion", "created": 0, "model": "m",
                 "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}  # fmt: skip
        data = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        pass


@pytest.fixture
def grader():
    server = type("Server", (ThreadingHTTPServer,), {"request_queue_size": 64})(("127.0.0.1", 0), Grader)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_llava_bench_is_a_share_of_the_reference_in_both_orders(wild_copy, tmp_path, grader):
    answers = {"0": "good", "1": "good", "2": "bad", "3": "bad"}
    with Judge(Settings("m", grader), tmp_path / "judge.ledger") as judge:
        scored = run(Request("llava_bench", "m", tmp_path, wild_copy), judge, knows(answers))
    # question 3 got no grades. Reference 9 + 8 for each of three; good 7 + 6 twice, bad 3 + 2
    assert scored["relative"]["mean"] == pytest.approx((13 + 13 + 5) / 51, abs=1e-4)
    assert scored["relative"]["clusters"] == 2  # pictures, not questions
    assert scored["questions"] == 3
    assert scored["categories"] == {"complex": round(5 / 17, 4), "conv": round(13 / 17, 4), "detail": round(13 / 17, 4)}
    assert sum(scored["failures"].values()) == 2


def test_llava_bench_without_a_judge_says_what_to_give(wild_copy, tmp_path):
    found = CliRunner().invoke(command, ["--model", "m", "--task", "llava_bench", "--out", str(tmp_path)])
    assert isinstance(found.exception, UsageError)
    assert "--judge-model" in str(found.exception)


@pytest.mark.parametrize("reply", ['{"first": 3}', '{"first": 0, "second": 4}', '{"first": true, "second": 4}', "7 8"])
def test_grades_that_cannot_be_read(reply):
    with pytest.raises(UnreadableError):
        llava_bench.grades(reply)


def test_a_share_of_nothing_is_none():
    assert share([]) is None


def test_an_unknown_task_is_refused(tmp_path):
    found = CliRunner().invoke(command, ["--model", "m", "--task", "mme", "--out", str(tmp_path)])
    assert "--with lmms-eval" in str(found.exception)


def test_without_lmms_eval_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MllmuError, match="pip install lmms-eval"):
        lmms.hand_over(["mme"], "m", tmp_path, "llava_hf", None)


def test_what_lmms_eval_would_not_be_told_is_refused(tmp_path):
    line = ["--model", "m", "--task", "mme", "--out", str(tmp_path), "--with", "lmms-eval", "--adapter", "a"]
    assert "merge an adapter" in str(CliRunner().invoke(command, line).exception)


def test_lmms_eval_is_handed_the_tasks(tmp_path, monkeypatch):
    """A stand-in that writes down what it was told."""
    (tmp_path / "lmms_eval").mkdir()
    (tmp_path / "lmms_eval" / "__main__.py").write_text(
        "import sys, pathlib; pathlib.Path(sys.argv[-1]).mkdir(parents=True);"
        "(pathlib.Path(sys.argv[-1]) / 'told').write_text(' '.join(sys.argv[1:]))"
    )
    (tmp_path / "lmms_eval" / "__init__.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "model").mkdir()
    model = tmp_path / "model"
    with pytest.raises(UsageError, match="--merge"):
        lmms.hand_over(["mme"], str(model), tmp_path / "out", None, None)
    (model / "config.json").write_text('{"model_type": "idefics2"}')
    folder = lmms.hand_over(["mme", "pope"], str(model), tmp_path / "out", None, 4)
    told = (folder / "told").read_text()
    assert told == (
        f"--model idefics2 --model_args pretrained={model} --tasks mme,pope --batch_size 4 --output_path {folder}"
    )
    sys.modules.pop("lmms_eval", None)
