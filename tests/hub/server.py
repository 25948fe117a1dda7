"""A Hub on the loopback: enough of the Hugging Face Hub for its own client to push, tag, list and download datasets.

Standard library only. Everything is kept on disk under `--root`, so the process can be killed and started again:

    blobs/<sha256>                  contents, of LFS files and of regular ones
    repos/<owner>--<name>.json      commits, branches, tags, settings
    log.ndjson                      one line a request: method, path, status, bytes in and out

Faults are switched on by `PUT /_faults` with a JSON object, each counted down as it strikes:
    cut_put       close the connection in the middle of that many uploads
    slow_put      seconds that every upload takes (not counted down)
    too_many      answer that many requests of commit and upload with 429
    stale_parent  pretend that many times that somebody else has committed meanwhile
    broken        answer that many commits with 500
"""

import argparse
import base64
import hashlib
import json
import re
import time
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from plumbing import Plumbing
from store import Refused, Store, commit_id, is_lfs, resolve, tree


class Handler(Plumbing):
    """The routes."""

    # -- the test's own routes

    def faults(self) -> None:
        self.store.faults = self._json()
        self._answer({})

    # -- account and repositories

    def whoami(self) -> None:
        self._user()
        self._answer({"type": "user", "name": "mllmu", "fullname": "", "orgs": [], "auth": {"type": "access_token"}})

    def validate_yaml(self) -> None:
        content = self._json()["content"]
        if not content.startswith("---\n"):
            raise Refused(400, "no metadata")
        self._answer({"errors": [], "warnings": []})

    def create(self) -> None:
        self._user()
        asked = self._json()
        repo = "/".join(filter(None, (asked.get("organization") or "mllmu", asked["name"])))
        url = f"http://{self.headers['Host']}/datasets/{repo}"
        with self.store.lock:
            if self.store.exists(repo):
                return self._answer({"error": "You already created this dataset repo", "url": url}, 409)
            self.store.create(repo, asked.get("visibility") == "private" or bool(asked.get("private")))
        return self._answer({"url": url, "name": repo, "id": "1"})

    def settings(self, repo: str) -> None:
        self._user()
        asked = self._json()
        with self.store.lock:
            state = self.store.repo(repo)
            if "visibility" in asked or "private" in asked:
                state["private"] = asked.get("visibility") == "private" or bool(asked.get("private"))
            if "gated" in asked:
                state["gated"] = asked["gated"]
            self.store.save(repo, state)
        self._answer({"private": state["private"], "gated": state["gated"]})

    def info(self, repo: str, revision: str = "main") -> None:
        state = self._repo(repo)
        oid = resolve(state, revision or "main")
        files = state["commits"][oid]["files"]
        self._answer(
            {
                "_id": "1",
                "id": repo,
                "sha": oid,
                "private": state["private"],
                "gated": state["gated"],
                "disabled": False,
                "tags": [],
                "downloads": 0,
                "likes": 0,
                "lastModified": "2025-01-01T00:00:00.000Z",
                "createdAt": "2025-01-01T00:00:00.000Z",
                "siblings": [{"rfilename": path} for path in sorted(files)],
            }
        )

    def refs(self, repo: str) -> None:
        state = self._repo(repo)
        heads = [{"name": n, "ref": f"refs/heads/{n}", "targetCommit": c} for n, c in state["branches"].items()]
        tags = [{"name": n, "ref": f"refs/tags/{n}", "targetCommit": c} for n, c in state["tags"].items()]
        self._answer({"branches": heads, "tags": tags, "converts": []})

    def commits(self, repo: str, revision: str) -> None:
        state = self._repo(repo)
        oid: str | None = resolve(state, revision)
        listed = []
        while oid:
            commit = state["commits"][oid]
            listed.append(
                {"id": oid, "title": commit["title"], "message": "", "authors": [], "date": "2025-01-01T00:00:00Z"}
            )
            oid = commit["parent"]
        self._answer(listed)

    # -- files

    def tree(self, repo: str, revision: str, under: str) -> None:
        state = self._repo(repo)
        files = state["commits"][resolve(state, revision)]["files"]
        self._answer(tree(files, under, self.query.get("recursive", ["false"])[0].lower() in {"true", "1"}))

    def paths_info(self, repo: str, revision: str) -> None:
        body = self._body()
        state = self._repo(repo)
        files = state["commits"][resolve(state, revision)]["files"]
        if "json" in self.headers.get("Content-Type", ""):
            paths = json.loads(body)["paths"]
        else:
            paths = parse_qs(body.decode()).get("paths", [])
        entries = {entry["path"]: entry for entry in tree(files, "", recursive=True)}
        self._answer([entries[path] for path in paths if path in entries])

    def resolve_file(self, repo: str, revision: str, path: str) -> None:
        state = self._repo(repo)
        oid = resolve(state, revision)
        file = state["commits"][oid]["files"].get(path)
        common = {"X-Repo-Commit": oid, "Accept-Ranges": "bytes"}
        if file is None:
            raise Refused(404, f"{path} does not exist", "EntryNotFound", common)
        etag = file["sha256"] if file["lfs"] else file["oid"]
        data = self.store.blob(file["sha256"]).read_bytes()
        headers = {**common, "ETag": f'"{etag}"', "Content-Type": "application/octet-stream"}
        if file["lfs"]:
            headers |= {"X-Linked-Etag": f'"{etag}"', "X-Linked-Size": str(len(data))}
        span = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not span:
            return self._send(data, 200, headers)
        start, stop = int(span[1]), min(int(span[2] or len(data) - 1), len(data) - 1)
        if start >= len(data):
            raise Refused(416, "range", headers={"Content-Range": f"bytes */{len(data)}"})
        headers["Content-Range"] = f"bytes {start}-{stop}/{len(data)}"
        return self._send(data[start : stop + 1], 206, headers)

    # -- writing

    def preupload(self, repo: str, revision: str) -> None:
        self._user()
        asked = self._json()["files"]
        state = self.store.repo(repo)
        files = state["commits"][resolve(state, revision)]["files"]
        answers = []
        for file in asked:
            path = file["path"]
            mode = "lfs" if is_lfs(path, file["size"]) else "regular"
            there = files.get(path)
            oid = there and (there["sha256"] if there["lfs"] else there["oid"])
            answers.append({"path": path, "uploadMode": mode, "shouldIgnore": False, "oid": oid})
        self._answer({"files": answers})

    def lfs_batch(self, _: str) -> None:
        self._user()
        answers = []
        for item in self._json()["objects"]:
            answer = {"oid": item["oid"], "size": item["size"]}
            if not self.store.blob(item["oid"]).exists():
                answer["actions"] = {"upload": {"href": f"http://{self.headers['Host']}/_lfs/{item['oid']}"}}
            answers.append(answer)
        self._answer({"transfer": "basic", "objects": answers})

    def lfs_put(self, oid: str) -> None:
        if self.store.strikes("cut_put"):
            self.rfile.read(int(self.headers.get("Content-Length") or 0) // 2)
            raise ConnectionError("cut, as asked")
        data = self._body()
        time.sleep(self.store.faults.get("slow_put", 0))
        if self.store.strikes("too_many"):
            raise Refused(429, "Too many requests", headers={"Retry-After": "0"})
        if hashlib.sha256(data).hexdigest() != oid:
            raise Refused(400, "the content is not what was announced")
        self.store.put_blob(data)
        self._answer({})

    def commit(self, repo: str, revision: str) -> None:
        self._user()
        lines = [json.loads(line) for line in self._body().splitlines()]
        if self.store.strikes("too_many"):
            raise Refused(429, "Too many requests", headers={"Retry-After": "0"})
        if self.store.strikes("broken"):
            raise Refused(500, "Internal error")
        header = lines[0]["value"]
        with self.store.lock:
            state = self.store.repo(repo)
            head = state["branches"][revision]
            if self.store.strikes("stale_parent") or header.get("parentCommit", head) != head:
                raise Refused(412, "A commit has happened since. Please refresh and try again.")
            files = dict(state["commits"][head]["files"])
            for line in lines[1:]:
                self._apply(files, line["key"], line["value"])
            commit = {"files": files, "title": header["summary"], "parent": head}
            oid = commit_id(commit)
            state["commits"][oid] = commit
            state["branches"][revision] = oid
            self.store.save(repo, state)
        url = f"http://{self.headers['Host']}/datasets/{repo}/commit/{oid}"
        self._answer({"success": True, "commitOid": oid, "commitUrl": url})

    def _apply(self, files: dict, key: str, value: dict) -> None:
        path = value["path"]
        if key == "file":
            data = base64.b64decode(value["content"])
            git_oid = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
            files[path] = {"sha256": self.store.put_blob(data), "size": len(data), "oid": git_oid, "lfs": False}
        elif key == "lfsFile":
            if not self.store.blob(value["oid"]).exists():
                raise Refused(400, f"{path} was not uploaded")
            size = self.store.blob(value["oid"]).stat().st_size
            git_oid = hashlib.sha1(value["oid"].encode()).hexdigest()
            files[path] = {"sha256": value["oid"], "size": size, "oid": git_oid, "lfs": True}
        elif key == "deletedFile":
            if files.pop(path, None) is None:
                raise Refused(404, f"{path} does not exist", "EntryNotFound")
        else:
            raise Refused(400, f"unknown operation {key}")

    def tag(self, repo: str, revision: str) -> None:
        self._user()
        asked = self._json()
        with self.store.lock:
            state = self.store.repo(repo)
            if asked["tag"] in state["tags"]:
                raise Refused(409, f"Tag reference exists already: {asked['tag']}")
            state["tags"][asked["tag"]] = resolve(state, revision)
            self.store.save(repo, state)
        self._answer({})


NAME, REV = r"([\w.-]+/[\w.-]+)", r"([^/]+)"
ROUTES = (
    ("PUT", "/_faults", "faults"),
    ("GET", "/api/whoami-v2", "whoami"),
    ("POST", "/api/validate-yaml", "validate_yaml"),
    ("POST", "/api/repos/create", "create"),
    ("PUT", f"/api/datasets/{NAME}/settings", "settings"),
    ("GET", f"/api/datasets/{NAME}/refs", "refs"),
    ("GET", f"/api/datasets/{NAME}/commits/{REV}", "commits"),
    ("GET", f"/api/datasets/{NAME}/tree/{REV}(?:/(.*))?", "tree"),
    ("POST", f"/api/datasets/{NAME}/paths-info/{REV}", "paths_info"),
    ("POST", f"/api/datasets/{NAME}/preupload/{REV}", "preupload"),
    ("POST", f"/api/datasets/{NAME}/commit/{REV}", "commit"),
    ("POST", f"/api/datasets/{NAME}/tag/{REV}", "tag"),
    ("GET", f"/api/datasets/{NAME}(?:/revision/{REV})?", "info"),
    ("POST", f"/datasets/{NAME}\\.git/info/lfs/objects/batch", "lfs_batch"),
    ("PUT", "/_lfs/([0-9a-f]{64})", "lfs_put"),
    ("GET|HEAD", f"/datasets/{NAME}/resolve/{REV}/(.+)", "resolve_file"),
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    Handler.store = Store(options.root)
    Handler.routes = ROUTES
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
