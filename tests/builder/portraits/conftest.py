import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def tiny_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A home directory with tiny models in it, and the environment that leads there."""
    for package in ("torch", "diffusers", "transformers", "accelerate", "onnx", "onnxruntime", "insightface"):
        pytest.importorskip(package, reason=f"painting needs {package}, of the extra faces", exc_type=ImportError)
    from tiny_diffusion import save_everything

    home = tmp_path_factory.mktemp("home")
    return home, save_everything(home)


@pytest.fixture
def home(tiny_home: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, with the environment set."""
    for name, value in tiny_home[1].items():
        monkeypatch.setenv(name, value)
    return tiny_home[0]
