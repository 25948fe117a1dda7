"""Stable Diffusion, Arc2Face and insightface's model pack in miniature: the real classes, random weights, on disk.

The stub networks measure pixels instead of faces, so that every rule has something to act on: a picture has a face
unless it is dark, turns by what its left and right differ, and is who its pattern is.
"""

from pathlib import Path
from typing import Any

import numpy as np

WIDTH = 544
"""Of the text encoder: more than ArcFace's 512, as CLIP's 768 is."""
PIXELS = 32
"""Side of a painted picture."""


def save_stable_diffusion(folder: Path, seed: int = 0, flagged: float = 2.0) -> Path:
    """A whole Stable Diffusion pipeline; its safety checker refuses what scores above `flagged`."""
    import torch
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
    from diffusers.schedulers.scheduling_pndm import PNDMScheduler
    from transformers import CLIPImageProcessor

    torch.manual_seed(seed)
    pipeline = StableDiffusionPipeline(
        vae=_vae(),
        text_encoder=_text_encoder(),
        tokenizer=_tokenizer(folder / "tokenizer"),
        unet=_unet(),
        scheduler=PNDMScheduler(  # type: ignore[arg-type]
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", skip_prk_steps=True, steps_offset=1
        ),
        safety_checker=_safety_checker(flagged),
        feature_extractor=CLIPImageProcessor(size={"shortest_edge": 16}, crop_size={"height": 16, "width": 16}),
    )
    pipeline.save_pretrained(folder)
    return folder


def save_arc2face(folder: Path, seed: int = 1) -> Path:
    """The three parts that Arc2Face's repository has, its text encoder in the layout of its time."""
    import torch

    torch.manual_seed(seed)
    _unet().save_pretrained(folder / "arc2face")
    encoder = _text_encoder()
    encoder.config.save_pretrained(folder / "encoder")
    old = {f"text_model.{name}": weight for name, weight in encoder.state_dict().items()}
    torch.save(old, folder / "encoder" / "pytorch_model.bin")
    _save(_recognition(seed=2), folder / "arcface.onnx")
    return folder


def save_face_pack(folder: Path) -> Path:
    """An insightface model pack: detector, landmarks with pose, recognition."""
    folder.mkdir(parents=True)
    _save(_detection(), folder / "det.onnx")
    _save(_landmarks(), folder / "landmarks.onnx")
    _save(_recognition(seed=1), folder / "recognition.onnx")
    return folder


def save_everything(home: Path) -> dict[str, str]:
    """All of it below `home`, and the environment in which it is found."""
    save_stable_diffusion(home / "sd")
    save_arc2face(home / "arc2face")
    for pack in ("buffalo_l", "antelopev2"):
        # The published archive of antelopev2 has a folder of that name inside; so has this.
        inside = pack if pack == "antelopev2" else "."
        save_face_pack(home / ".insightface" / "models" / pack / inside)
    return {"HOME": str(home), "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}


def _tokenizer(folder: Path):
    from transformers import CLIPTokenizer

    letters = [chr(c) for c in range(33, 127)]
    words = ["<|startoftext|>", "<|endoftext|>", *letters, *(f"{c}</w>" for c in letters), "id</w>"]
    return CLIPTokenizer(vocab={word: k for k, word in enumerate(words)}, merges=[("i", "d</w>")], model_max_length=77)  # type: ignore[arg-type]


def _text_encoder():
    from transformers import CLIPTextConfig, CLIPTextModel

    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=200,
            hidden_size=WIDTH,
            intermediate_size=32,
            num_hidden_layers=1,
            num_attention_heads=4,
            max_position_embeddings=77,
            bos_token_id=0,
            eos_token_id=1,
            pad_token_id=1,
        )
    ).eval()


def _unet():
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel

    one: dict[str, Any] = {
        "block_out_channels": (8,),
        "down_block_types": ("CrossAttnDownBlock2D",),
        "up_block_types": ("CrossAttnUpBlock2D",),
    }
    return UNet2DConditionModel(
        **one,
        sample_size=PIXELS // 4,
        layers_per_block=1,
        norm_num_groups=4,
        cross_attention_dim=WIDTH,
        attention_head_dim=1,  # the number of heads, as Stable Diffusion 1.5 has it
    ).eval()


def _vae():
    from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL

    three: dict[str, Any] = {
        "block_out_channels": (8, 8, 8),
        "down_block_types": ("DownEncoderBlock2D",) * 3,
        "up_block_types": ("UpDecoderBlock2D",) * 3,
    }
    return AutoencoderKL(**three, layers_per_block=1, latent_channels=4, norm_num_groups=4, sample_size=PIXELS).eval()


def _safety_checker(flagged: float):
    import torch
    from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
    from transformers import CLIPConfig

    small = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = CLIPConfig(
        text_config={**small, "vocab_size": 4},
        vision_config={**small, "image_size": 16, "patch_size": 8},
        projection_dim=8,
    )
    checker = StableDiffusionSafetyChecker(config).eval()
    for name, fill in (("concept_embeds", 1.0), ("special_care_embeds", 1.0)):
        getattr(checker, name).data = torch.full_like(getattr(checker, name).data, fill)
    checker.concept_embeds_weights.data.fill_(flagged)
    checker.special_care_embeds_weights.data.fill_(2.0)
    return checker


# -- networks that insightface loads through onnxruntime


def _save(model, path: Path) -> None:
    import onnx

    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))


def _model(nodes, side: int, outputs: dict[str, tuple[int, ...]], constants: dict[str, np.ndarray]):
    from onnx import TensorProto, helper, numpy_helper

    def value(name, shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    graph = helper.make_graph(
        nodes,
        "stub",
        [value("pixels", (1, 3, side, side))],
        [value(name, shape) for name, shape in outputs.items()],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def _node(kind: str, inputs: list[str], output: str, **attributes):
    from onnx import helper

    return helper.make_node(kind, inputs, [output], name=f"n_{output}", **attributes)


def _detection():
    """One face in the middle of any picture that is not dark; SCRFD's nine outputs."""
    side, strides = 320, (8, 16, 32)
    counts = [(side // s) ** 2 * 2 for s in strides]
    anchor = (5 * 10 + 5) * 2  # of stride 32: the one at (160, 160)
    sure = np.zeros((counts[2], 1), np.float32)
    sure[anchor] = 0.9
    five = np.array([(38.3, 51.7), (73.5, 51.5), (56.0, 71.7), (41.5, 92.4), (70.7, 92.2)]) / 112 - 0.5
    constants = {
        "s0": np.zeros((counts[0], 1), np.float32),
        "s1": np.zeros((counts[1], 1), np.float32),
        "sure": sure,
        **{f"b{k}": np.full((n, 4), 4.0, np.float32) for k, n in enumerate(counts)},
        **{f"k{k}": np.tile((five * 8).ravel(), (n, 1)).astype(np.float32) for k, n in enumerate(counts)},
        "dark": np.array([[0.75]], np.float32),  # pixels are (value - 127.5) / 128
        "steep": np.array([[1000.0]], np.float32),
        "one": np.array(1.0, np.float32),
        "zero": np.array(0.0, np.float32),
        "flat": np.array([1, 1], np.int64),
    }
    nodes = [
        _node("GlobalAveragePool", ["pixels"], "means"),
        _node("ReduceMean", ["means"], "mean", keepdims=1),
        _node("Reshape", ["mean", "flat"], "level"),
        _node("Add", ["level", "dark"], "above"),
        _node("Mul", ["above", "steep"], "sharp"),
        _node("Clip", ["sharp", "zero", "one"], "lit"),
        _node("Mul", ["sure", "lit"], "o2"),
        *(
            _node("Identity", [name], f"o{place}")
            for place, name in enumerate(("s0", "s1", "", "b0", "b1", "b2", "k0", "k1", "k2"))
            if name
        ),
    ]
    shapes = [(n, width) for width in (1, 4, 10) for n in counts]
    return _model(nodes, side, {f"o{k}": shape for k, shape in enumerate(shapes)}, constants)


def _landmarks():
    """insightface's mean face, turned by an angle that the pixels decide."""
    from insightface.data import get_object

    mean = np.asarray(get_object("meanshape_68.pkl"), np.float32)
    x, y, z = (mean[:, k] for k in range(3))
    nothing = np.zeros_like(x)
    rng = np.random.default_rng(3)
    constants = {
        "weights": (rng.normal(size=(3 * 6 * 6, 1)) * 3).astype(np.float32),
        "most": np.array([[0.8]], np.float32),  # radians
        "with_cos": np.stack([x, nothing, z], 1).reshape(1, -1),
        "with_sin": np.stack([z, nothing, -x], 1).reshape(1, -1),
        "still": np.stack([nothing, y, nothing], 1).reshape(1, -1),
        "rest": np.zeros((1, 3309 - 204), np.float32),
        "row": np.array([1, -1], np.int64),
    }
    nodes = [
        _node("AveragePool", ["pixels"], "pooled", kernel_shape=[32, 32], strides=[32, 32]),
        _node("Reshape", ["pooled", "row"], "flat"),
        _node("MatMul", ["flat", "weights"], "sum"),
        _node("Sin", ["sum"], "wave"),
        _node("Mul", ["wave", "most"], "angle"),
        _node("Cos", ["angle"], "c"),
        _node("Sin", ["angle"], "s"),
        _node("Mul", ["with_cos", "c"], "pc"),
        _node("Mul", ["with_sin", "s"], "ps"),
        _node("Add", ["pc", "ps"], "p"),
        _node("Add", ["p", "still"], "points"),
        _node("Concat", ["rest", "points"], "out", axis=1),
    ]
    return _model(nodes, 192, {"out": (1, 3309)}, constants)


def _recognition(seed: int):
    """The pattern of the pixels, whatever their brightness, as 512 numbers."""
    cells = 3 * 14 * 14
    mix = np.random.default_rng(seed).normal(size=(cells, 512))
    mix -= mix.mean(0)
    constants = {"mix": mix.astype(np.float32), "row": np.array([1, -1], np.int64)}
    nodes = [
        _node("AveragePool", ["pixels"], "pooled", kernel_shape=[8, 8], strides=[8, 8]),
        _node("Reshape", ["pooled", "row"], "flat"),
        _node("MatMul", ["flat", "mix"], "out"),
    ]
    return _model(nodes, 112, {"out": (1, 512)}, constants)
