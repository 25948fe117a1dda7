"""Adapters sit on the language model and nowhere else, by name, for each family."""

import pytest
from mllmu.unlearn.lora import add_lora, language_linears, projector_linears, train_all, trainable
from mllmu.unlearn.models import load_model

VISION = {
    "llava": ("vision_tower",),
    "llava_next": ("vision_tower",),
    "idefics2": ("vision_model", "connector"),
    "idefics3": ("vision_model", "connector"),
    "qwen2_5_vl": ("visual",),
}
PROJECTOR = {
    "llava": "multi_modal_projector",
    "llava_next": "multi_modal_projector",
    "idefics2": "connector",
    "idefics3": "connector",
    "qwen2_5_vl": "visual.merger",
}
LINEARS = {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"}


@pytest.mark.parametrize("name", VISION)
def test_lora_touches_no_vision_module(name, family):
    model = load_model(str(family(name)))
    targets = language_linears(model)
    assert {target.rsplit(".", 1)[-1] for target in targets} == LINEARS
    assert len(targets) == 2 * len(LINEARS)  # two layers
    wrapped = add_lora(model, 4, 8, 0.0)
    trained = [name for name, parameter in wrapped.named_parameters() if parameter.requires_grad]
    assert trained
    assert all("lora_" in parameter for parameter in trained)
    adapted = [module for module, part in wrapped.named_modules() if hasattr(part, "lora_A")]
    assert len(adapted) == len(targets)
    assert not [module for module in adapted + trained if any(f".{part}." in module for part in VISION[name])]


@pytest.mark.parametrize("name", VISION)
def test_projector_is_trained_only_where_asked(name, family):
    model = load_model(str(family(name)))
    found = projector_linears(model)
    assert found
    assert all(PROJECTOR[name] in target for target in found)
    wrapped = add_lora(model, 4, 8, 0.0, projector=True)
    adapted = {
        module.split("base_model.model.")[-1] for module, part in wrapped.named_modules() if hasattr(part, "lora_A")
    }
    assert adapted == set(found) | set(language_linears(load_model(str(family(name)))))


@pytest.mark.parametrize("name", VISION)
def test_full_trains_the_language_model_and_its_head(name, family):
    model = train_all(load_model(str(family(name))))
    trained = [name for name, parameter in model.named_parameters() if parameter.requires_grad]
    assert not [p for p in trained if any(f"{part}." in p for part in VISION[name])]
    some, every = trainable(model)
    assert 0 < some < every
