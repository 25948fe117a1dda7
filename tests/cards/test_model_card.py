"""The card of a checkpoint: what the Hub's own classes read back is what was meant."""

import pytest
import yaml
from huggingface_hub import ModelCard, parse_eval_result_entries
from mllmu.cards.eval_results import Score, eval_results
from mllmu.cards.eval_yaml import tasks
from mllmu.cards.model_card import model_card, with_scores

RUN = {
    "request": {
        "job": "unlearn", "method": "npo", "forget": 5, "knobs": {"beta": 0.4},
        "settings": {"lr": 2e-5, "seed": 3, "stop_forget_nll": None},
    },
    "data": {"source": "mllmu/bench", "revision": "v1.0.0"},
    "steps": 66, "minutes": 0.3, "losses": [{"step": 1, "forget": 0.1}, {"step": 2, "forget": 1.25}],
    "versions": {"mllmu-bench": "0.1.0"},
}  # fmt: skip


def test_metadata_is_read_back_by_the_hub_client():
    data = ModelCard(model_card(RUN, "someone/llava", adapter=True)).data.to_dict()
    assert data["base_model"] == "someone/llava"
    assert data["library_name"] == "peft"
    assert data["pipeline_tag"] == "image-text-to-text"
    assert "npo" in data["tags"]


def test_a_folder_is_no_base_model_and_whole_weights_are_no_adapter():
    data = ModelCard(model_card(RUN, None, adapter=False)).data.to_dict()
    assert "base_model" not in data
    assert data["library_name"] == "transformers"


def test_it_says_how_it_was_made_and_that_it_has_no_scores_yet():
    text = model_card(RUN, None, adapter=True)
    for line in (
        "| data | `mllmu/bench` at `v1.0.0` |",
        "| beta | 0.4 |",
        "| seed | 3 |",
        "| last forget loss | 1.250 |",
    ):
        assert line in text
    assert "stop forget nll" not in text
    assert "None yet." in text


@pytest.mark.parametrize(
    ("request_", "title"),
    [
        ({"job": "finetune", "on": "retain_95"}, "# Fine-tuned on retain_95"),
        ({"job": "unlearn", "method": "siu", "concepts": ["1", "2"]}, "# siu, 2 concepts forgotten"),
        ({"job": "base"}, "# The reference model, base"),
    ],
)
def test_every_job_has_a_card(request_, title):
    assert title in model_card({**RUN, "request": request_}, None, adapter=False)


def test_a_prompting_run_shows_its_prompt_and_no_settings_of_training():
    run = {"request": {**RUN["request"], "knobs": {"system_prompt": "Say nothing."}}, "system_prompt": "Say nothing."}
    text = model_card(run, None, adapter=False)
    assert "> Say nothing." in text
    assert "| lr |" not in text


def test_scores_are_replaced_and_what_a_person_wrote_stays():
    card = model_card(RUN, None, adapter=True).replace("# npo, 5 % forgotten", "# My title\n\nMy words: \\1.")
    first = with_scores(card, "| old \\g<0> |", "you/bench")
    second = with_scores(first, "| new |", "you/bench")
    assert "| old \\g<0> |" in first
    assert "None yet." not in first
    assert "| old" not in second
    assert second.count("| new |") == second.count("## Scores") == 1
    assert "My words: \\1." in second
    assert second.index("| new |") < second.index("## Use")
    assert ModelCard(second).data.to_dict()["datasets"] == ["you/bench"]
    assert with_scores(second, "| new |", "you/bench") == second


@pytest.mark.parametrize(
    "card", ["", "# Somebody's\n\nWords.\n", "---\nlicense: mit\ndatasets: a/b\n---\n# Somebody's\n"]
)
def test_a_card_of_another_hand_gets_the_section_too(card):
    text = with_scores(card, "| new |", "you/bench")
    assert "| new |" in text
    data = ModelCard(text).data.to_dict()
    assert data["datasets"] == (["a/b", "you/bench"] if "a/b" in card else ["you/bench"])
    assert ("license" in data) == ("mit" in card)
    assert with_scores(text, "| new |", "you/bench") == text


def test_eval_results_name_tasks_of_the_benchmark(make_release):
    from mllmu.builder.reader import Release

    text = eval_results([Score("forget_05", 0.31, "a"), Score("retain_95", 0.8, "b")], "mllmu/bench", "v1.0.0")
    entries = parse_eval_result_entries(yaml.safe_load(text))
    assert [(e.dataset_id, e.task_id, e.value, e.notes) for e in entries] == [
        ("mllmu/bench", "forget_05", 31.0, "a"),
        ("mllmu/bench", "retain_95", 80.0, "b"),
    ]
    assert {e.dataset_revision for e in entries} == {"v1.0.0"}
    known = {task.id for task in tasks(Release(make_release(n=20)).manifest)}
    assert {e.task_id for e in entries} <= known
