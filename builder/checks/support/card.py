"""Reading the configs out of a dataset card, as `datasets` reads them."""

from typing import Any


class CardError(Exception):
    """The card cannot be read as one."""


def shards_of_configs(card: str) -> dict[str, list[str]]:
    """For each config in the YAML at the head of README.md, the files of its split `train`.

    Raises:
        CardError: There is no YAML, or no configs in it.
    """
    import yaml

    fences = card.split("---\n", 2)
    if len(fences) < 3 or fences[0].strip():
        raise CardError("does not begin with YAML between two lines of ---")
    try:
        head = yaml.safe_load(fences[1])
        return {config["config_name"]: _files(config["data_files"]) for config in head["configs"]}
    except yaml.YAMLError as error:
        raise CardError(f"its YAML does not parse: {str(error).splitlines()[0]}") from error
    except (KeyError, TypeError) as error:
        raise CardError("its YAML does not list configs with config_name and data_files") from error


def _files(data_files: Any) -> list[str]:
    """`data_files` is a path, a list of paths, or a list of {split, path}."""
    if isinstance(data_files, str):
        return [data_files]
    files: list[str] = []
    for entry in data_files:
        if isinstance(entry, dict) and entry["split"] != "train":
            raise TypeError("a config has the one split train")
        files += _files(entry["path"]) if isinstance(entry, dict) else [entry]
    return files
