import pytest
from mllmu.builder.settings import Settings, make_settings, read_config
from mllmu.errors import UsageError


def config(tmp_path, text):
    path = tmp_path / "build.toml"
    path.write_text(text)
    return path


def test_a_config_file_sets_what_it_names(tmp_path):
    values = read_config(config(tmp_path, 'n = 40\nportraits = "none"\n'))
    assert make_settings(values) == Settings(n=40, portraits="none")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("seeed = 1", "Did you mean 'seed'"),
        ("xyzzy = 1", "Known: name, n, seed"),
        ("n = ", "not valid TOML"),
        ("n = 40\n\xff", "cannot read"),
    ],
)
def test_a_broken_config_is_one_line(tmp_path, text, message):
    path = tmp_path / "build.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match=message) as caught:
        read_config(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "values", [{"n": 19}, {"n": 50_001}, {"n": "many"}, {"seed": -1}, {"views": 0}, {"name": "a b"}]
)
def test_a_value_out_of_range_is_named(values):
    with pytest.raises(UsageError, match=f"setting {next(iter(values))} = "):
        make_settings(values)


def test_paths_are_not_recorded(tmp_path):
    """A release must not tell where its maker keeps files."""
    recorded = Settings(faces=str(tmp_path / "my faces")).recorded()
    assert recorded["faces"] == "my faces"
