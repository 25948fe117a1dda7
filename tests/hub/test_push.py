"""`mllmu-build push` against a Hub: all of it, or nothing; and one line when it cannot."""

import json
import re
import shutil
import signal
import subprocess
import time

import pytest
from commandline import MLLMU_BUILD

TAGGED = ("push", "--repo", "mllmu/bench", "--tag", "v1.0.0", "--allow-findings")


def push(hub, folder, *more, tag="v1.0.0", **options):
    return hub.run("push", folder, "--repo", "mllmu/bench", "--tag", tag, "--allow-findings", *more, **options)


def refused(done, code, *words):
    """One line, the right exit code, no traceback, no token."""
    assert done.returncode == code, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("mllmu-build: ")
    assert all(word in lines[0] for word in words), lines[0]
    assert "hf_" not in done.stderr


def head_files(hub):
    repo = hub.repo()
    return set(repo["commits"][repo["branches"]["main"]]["files"])


def files_of(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_push_is_one_commit_and_a_tag(pushed, release):
    repo = pushed.repo()
    assert [c["title"] for c in repo["commits"].values()] == ["initial commit", "Release v1.0.0"]
    assert repo["tags"] == {"v1.0.0": repo["branches"]["main"]}
    assert head_files(pushed) == files_of(release)


def test_a_forget_set_loads_by_its_tag_and_fetches_its_own_shard_only(pushed, tmp_path):
    pushed.forget()
    code = """
from datasets import load_dataset
rows = load_dataset("mllmu/bench", "forget_05", revision="v1.0.0", split="train")
print(len(rows), rows[0]["image"].size)
"""
    assert pushed.python(code, cwd=tmp_path, HF_HOME=str(tmp_path)) == "1 (64, 64)\n"
    fetched = {r["path"] for r in pushed.log() if r["method"] == "GET" and r["path"].endswith(".parquet")}
    assert len(fetched) == 1
    assert re.search(r"profiles/00-05-\w{8}\.parquet$", fetched.pop())


def test_it_streams_and_has_a_default(pushed, tmp_path):
    code = """
from datasets import load_dataset
stream = load_dataset("mllmu/bench", "test_05", revision="v1.0.0", split="train", streaming=True)
print([len(row["images"]) for row in stream], len(load_dataset("mllmu/bench", split="train")))
"""
    assert pushed.python(code, cwd=tmp_path) == "[2] 20\n"


def test_pushing_again_does_nothing_and_says_so(hub, release):
    push(hub, release)
    before = hub.repo()
    done = push(hub, release)
    assert done.returncode == 0
    assert "nothing to do" in done.stdout
    assert hub.repo() == before
    done = push(hub, release, tag="v1.0.1")  # the same release may bear a second tag
    assert done.returncode == 0
    assert "no file changed" in done.stdout
    assert hub.repo()["tags"] == dict.fromkeys(("v1.0.0", "v1.0.1"), before["tags"]["v1.0.0"])


def test_one_person_mended_sends_only_the_changed_shards(hub, release, make_release, tmp_path):
    push(hub, release)
    ids = json.loads((release / "manifest.json").read_text())
    mended = make_release(tmp_path / "mended", n=20, mended=("001",))
    now = json.loads((mended / "manifest.json").read_text())
    new = {s["path"] for s in now["shards"]} - {s["path"] for s in ids["shards"]}
    assert len(new) == 2  # the person's profile shard and test shard
    hub.forget()
    done = push(hub, mended, tag="v1.1.0")
    assert done.returncode == 0, done.stderr
    shards = [f["path"] for f in now["shards"] if f["path"] in new]
    sent = {r["path"].removeprefix("/_lfs/") for r in hub.uploads()}
    assert {now["files"][path]["sha256"] for path in shards} <= sent
    unchanged = {entry["sha256"] for path, entry in ids["files"].items() if path in now["files"] and path not in new}
    assert not sent & {ids["files"][s["path"]]["sha256"] for s in now["shards"] if s["path"] not in new}
    assert unchanged
    assert head_files(hub) == files_of(mended)  # the stale shards are gone
    code = """
from datasets import load_dataset
for tag in ("v1.0.0", "v1.1.0"):
    rows = load_dataset("mllmu/bench", "full", revision=tag, split="train")
    print(sum("lighthouse keeper" in text for text in rows["biography"]))
"""
    assert hub.python(code) == "0\n1\n"  # the old release is as it was
    found = json.loads(hub.run("diff", "mllmu/bench@v1.0.0", "mllmu/bench@v1.1.0", "--json").stdout)
    assert [person["id"] for person in found["people"]["changed"]] == ["001"]


def test_what_is_no_part_of_a_release_stays_and_what_is_stale_goes(hub, release, make_release, tmp_path):
    """A release without pictures has no contact sheet; a licence that somebody added is theirs."""
    push(hub, release)
    hub.python("""
from huggingface_hub import HfApi
for path in ("LICENSE", "data/notes.txt"):
    HfApi().upload_file(path_or_fileobj=b"mine", path_in_repo=path, repo_id="mllmu/bench", repo_type="dataset")
""")
    assert "data/notes.txt" in head_files(hub)
    assert hub.run("verify", "mllmu/bench@main").returncode == 3  # a stranger among the shards
    bare = make_release(tmp_path / "bare", n=20, pictures=False)
    done = push(hub, bare, tag="v2.0.0")
    assert done.returncode == 0, done.stderr
    assert head_files(hub) == files_of(bare) | {"LICENSE"}
    assert "contact_sheet.jpg" not in head_files(hub)
    assert hub.run("verify", "mllmu/bench@v2.0.0").returncode == 0


def test_dry_run_lists_everything_and_changes_nothing(hub, release):
    done = push(hub, release, "--dry-run")
    assert done.returncode == 0, done.stderr
    listed = [line for line in done.stdout.splitlines() if line.startswith("add ")]
    assert {line.split()[-1] for line in listed} == files_of(release)
    assert "would be created" in done.stdout
    assert not list((hub.root / "repos").iterdir())


def test_dry_run_says_what_is_there_already(pushed, release):
    plan = json.loads(push(pushed, release, "--dry-run", "--json", tag="v1.0.1").stdout)
    assert {op["action"] for op in plan["operations"]} == {"keep"}
    assert "v1.0.1" not in pushed.repo()["tags"]


def test_an_existing_tag_of_other_content_is_refused_before_anything_travels(pushed, make_release, tmp_path):
    before = pushed.repo()
    pushed.forget()
    refused(push(pushed, make_release(tmp_path / "other", n=20, seed=1)), 2, "v1.0.0 already", "next version")
    assert pushed.repo() == before
    assert not pushed.uploads()


def test_a_stale_parent_pushes_nothing(hub, release):
    hub.faults(stale_parent=1)
    refused(push(hub, release), 1, "changed mllmu/bench meanwhile", "nothing was pushed")
    assert hub.repo()["tags"] == {}
    assert head_files(hub) == set()
    assert push(hub, release).returncode == 0


def test_a_wrong_token_is_told_and_not_shown(hub, release):
    refused(push(hub, release, token="hf_wrong"), 1, "does not accept your token")


def test_a_token_that_may_not_write_is_told(hub, release):
    refused(push(hub, release, token="hf_reader"), 1, "may not write to mllmu/bench")
    assert not list((hub.root / "repos").iterdir())


def test_no_token_is_told(hub, release):
    refused(push(hub, release, token=None), 1, "token")


def test_a_cut_connection_is_taken_up_again(hub, release):
    hub.faults(cut_put=1)
    done = push(hub, release)
    assert done.returncode == 0, done.stderr
    assert hub.repo()["tags"]


def test_killed_in_mid_upload_nothing_is_visible_and_the_rest_is_sent_by_the_same_command(hub, release):
    hub.faults(slow_put=0.4)
    command = [*MLLMU_BUILD, TAGGED[0], str(release), *TAGGED[1:]]
    process = subprocess.Popen(command, env=hub.env(), stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(hub.uploads()) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    first = {r["path"] for r in hub.uploads()}
    assert len(first) >= 3
    assert hub.repo()["tags"] == {}
    assert head_files(hub) == set()
    hub.faults()
    time.sleep(0.5)  # those in flight
    first = {r["path"] for r in hub.uploads()}
    hub.forget()
    assert push(hub, release).returncode == 0
    assert not first & {r["path"] for r in hub.uploads()}
    assert head_files(hub) == files_of(release)


def test_too_many_requests_are_waited_for_while_uploading(hub, release):
    hub.faults(too_many=1)
    assert push(hub, release).returncode == 0


def test_trouble_on_the_hub_at_the_commit_leaves_nothing_behind(hub, release):
    hub.faults(broken=1)
    refused(push(hub, release), 1, "trouble (500)")
    assert hub.repo()["tags"] == {}
    assert head_files(hub) == set()


def test_no_network_is_told(hub, release):
    hub.stop()
    refused(push(hub, release, "--dry-run"), 1, "cannot reach the Hub")


def test_a_file_that_does_not_match_the_manifest_is_refused(hub, release, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(release, copy)
    (copy / "README.md").write_text("---\n---\nmine")
    refused(push(hub, copy), 1, "README.md", "not what its manifest says")
    shutil.copy(release / "README.md", copy)
    (copy / "notes.txt").write_text("x")
    refused(push(hub, copy), 1, "notes.txt is no file of this release")


def test_a_release_with_findings_is_refused_unless_told(hub, release):
    """The invented people are no good: `validate` says so."""
    done = hub.run("push", release, "--repo", "mllmu/bench", "--tag", "v1.0.0")
    refused(done, 3, "not fit to be released", "--allow-findings")


@pytest.mark.parametrize(
    ("repo", "tag", "word"), [("mllmu/bench", "latest", "version"), ("a b/c", "v1.0.0", "owner/name")]
)
def test_bad_names_are_refused(hub, release, repo, tag, word):
    done = hub.run("push", release, "--repo", repo, "--tag", tag, "--allow-findings")
    refused(done, 2, word)


def test_another_name_than_the_cards_is_noted(hub, release):
    done = hub.run("push", release, "--repo", "me/other", "--tag", "v1.0.0", "--allow-findings", "--dry-run")
    assert done.returncode == 0
    assert "the card calls this release mllmu/bench" in done.stderr


def test_private_and_gated_hold_before_the_data_arrives(hub, release):
    assert push(hub, release, "--private", "--gated", "manual").returncode == 0
    assert hub.repo()["private"] is True
    assert hub.repo()["gated"] == "manual"
    paths = [r["path"] for r in hub.log()]
    assert paths.index("/api/datasets/mllmu/bench/settings") < next(i for i, p in enumerate(paths) if "/commit/" in p)


def test_a_release_that_is_there_already_can_still_be_closed(hub, release):
    push(hub, release)
    files = head_files(hub)
    done = push(hub, release, "--private", "--gated", "auto")
    assert done.returncode == 0, done.stderr
    assert "who may read it is set now" in done.stdout
    assert (hub.repo()["private"], hub.repo()["gated"]) == (True, "auto")
    assert head_files(hub) == files


def test_a_real_build_is_fit_to_be_released(hub, tmp_path):
    """Built, pushed and verified by the three commands alone, with nothing waived."""
    assert hub.run("generate", "--n", "20", "--portraits", "none", cwd=tmp_path).returncode == 0
    done = hub.run("push", "mllmu/bench", "--repo", "mllmu/bench", "--tag", "v1.0.0", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert hub.run("verify", "mllmu/bench@v1.0.0", cwd=tmp_path).returncode == 0


def test_concepts_go_the_same_way(hub, tmp_path):
    """Built, pushed, loaded and verified; one emblem, so there are no teaching and no group pictures."""
    tiny = ("--mix", "emblem=1", "--n", 1, "--pictures", 2, "--teach", 0)
    assert hub.run("concepts", *tiny, cwd=tmp_path).returncode == 0
    push = ("push", "mllmu/concepts", "--repo", "mllmu/concepts", "--tag", "v1.0.0")
    done = hub.run(*push, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "nothing to do" in hub.run(*push, cwd=tmp_path).stdout
    code = """
from datasets import load_dataset
for config in (None, "concept_questions"):
    rows = load_dataset("mllmu/concepts", config, split="train", revision="v1.0.0")
    print(len(rows), "image" in rows.column_names)
"""
    assert hub.python(code) == "1 True\n100 False\n"
    done = hub.run("verify", "mllmu/concepts@v1.0.0", "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    tried = {check["name"]: check["tried"] for check in json.loads(done.stdout)["checks"]}
    assert tried == {"files": 6, "loading": 4, "counts": 4, "columns": 4, "pictures": 2}


def test_concepts_with_findings_are_refused(hub, tmp_path):
    """A manifest that is true to its files, and one picture short."""
    tiny = ("--mix", "emblem=1", "--n", 1, "--pictures", 2, "--teach", 0)
    assert hub.run("concepts", *tiny, cwd=tmp_path).returncode == 0
    path = tmp_path / "mllmu/concepts/manifest.json"
    manifest = json.loads(path.read_text())
    manifest["settings"]["pictures"] = 3
    path.write_text(json.dumps(manifest))
    done = hub.run("push", path.parent, "--repo", "mllmu/concepts", "--tag", "v1.0.0")
    refused(done, 3, "not fit to be released: counts", "--allow-findings")
