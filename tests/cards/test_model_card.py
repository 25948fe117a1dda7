"""The card of an unlearned checkpoint: what the Hub's own classes read back is what was meant."""

import yaml
from huggingface_hub import ModelCard, parse_eval_result_entries
from mllmu.cards.eval_yaml import tasks
from mllmu.cards.model_card import Checkpoint, Score, eval_results, model_card


def score(task="forget_05", metric="classification", modality="both", value=0.31, n=250):
    return Score(task=task, metric=metric, modality=modality, value=value, low=value - 0.05, high=value + 0.05, n=n)


CHECKPOINT = Checkpoint(
    name="Tiny LLaVA without 25 people (NPO)",
    base_model="someone/tiny-llava",
    method="npo",
    ratio=5,
    dataset="mllmu/bench",
    revision="v1.0.0",
    license="apache-2.0",
    settings={"lr": 2e-5, "seed": 0},
    scores=(score(), score("retain_95", value=0.8), score(metric="cloze", modality="image", value=0.1)),
    floors={"retain-only": (score(value=0.27),)},
)


def test_metadata_is_read_back_by_the_hub_client():
    data = ModelCard(model_card(CHECKPOINT)).data.to_dict()
    assert data["base_model"] == "someone/tiny-llava"
    assert data["datasets"] == ["mllmu/bench"]
    assert data["pipeline_tag"] == "image-text-to-text"


def test_scores_stand_beside_their_floors_and_a_missing_one_is_a_dash():
    text = model_card(CHECKPOINT)
    assert "| forget_05 | classification | both | 0.310 (0.260–0.360) | 0.270 (0.220–0.320) |" in text
    assert "| retain_95 | classification | both | 0.800 (0.750–0.850) | – |" in text
    table = [line for line in text.splitlines() if line.startswith("|") and "classification" in line]
    assert len({line.count("|") for line in table}) == 1


def test_eval_results_name_tasks_of_the_benchmark(make_release):
    from mllmu.builder.reader import Release

    entries = parse_eval_result_entries(yaml.safe_load(eval_results(CHECKPOINT)))
    assert [(e.dataset_id, e.task_id, e.value) for e in entries] == [
        ("mllmu/bench", "forget_05", 31.0),
        ("mllmu/bench", "retain_95", 80.0),
    ]
    assert {e.dataset_revision for e in entries} == {"v1.0.0"}
    known = {task.id for task in tasks(Release(make_release(n=20)).manifest)}
    assert {e.task_id for e in entries} <= known
