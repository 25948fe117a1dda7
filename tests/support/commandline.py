"""The real command line, as a user runs it."""

import subprocess
import sysconfig
from pathlib import Path

SCRIPTS = Path(sysconfig.get_path("scripts"))
MLLMU_BUILD = [str(SCRIPTS / "mllmu-build")]
MLLMU_UNLEARN = [str(SCRIPTS / "mllmu-unlearn")]


def build(*args: object, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run `mllmu-build` in the folder `cwd`."""
    done = subprocess.run([*MLLMU_BUILD, *map(str, args)], cwd=cwd, capture_output=True, text=True, timeout=600)
    if check:
        assert done.returncode == 0, done.stdout + done.stderr
    return done


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
