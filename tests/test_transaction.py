"""Writing happens as a whole: a run killed at any write leaves the old tree or the new one."""

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Callable

import pytest

from scripts import __main__ as command
from scripts.model import SERVED

from .conftest import HERE, HOME, scripts, tree

LAMP, CLAIMS = HERE / "articles/lamp.md", HERE / "articles/claims.md"
STEPS = ("fsync", "rename", "replace", "remove", "rmdir", "mkdir", "open")
KILLED = 9


def run_until(step: int, arguments: list[str]) -> int:
    """Runs the command in a process of its own that dies just before its step-th call that changes the disk; the exit
    status."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with open(os.devnull, "w") as nothing:
        sys.stdout = sys.stderr = nothing
        left = iter(range(step))

        def dying(call: Callable) -> Callable:
            def die_or_call(*args: object, **kwargs: object) -> object:
                if next(left, None) is None:
                    os._exit(KILLED)
                return call(*args, **kwargs)

            return die_or_call

        for name in STEPS:
            setattr(os, name, dying(getattr(os, name)))
        os._exit(command.main(arguments))


def made_for_the_site(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for pattern in SERVED for path in root.glob(pattern) if path.is_file()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_run_killed_at_any_write_leaves_the_old_tree_or_the_new_one(good: Path, tmp_path: Path) -> None:
    old = tree(good)
    whole = shutil.copytree(good, tmp_path / "whole")
    assert scripts(whole, "ingest", LAMP, CLAIMS).returncode == 0
    new = tree(whole)
    assert new != old
    outcomes = []
    for step in count():
        root = shutil.copytree(good, tmp_path / f"run{step}")
        status = run_until(step, ["--root", str(root), "ingest", str(LAMP), str(CLAIMS)])
        scripts(root, "rules")
        outcomes.append(tree(root))
        assert outcomes[-1] in (old, new), step
        if status != KILLED:
            break
    assert outcomes == [old] * outcomes.count(old) + [new] * outcomes.count(new)
    assert outcomes.count(old) > 5 and outcomes.count(new) > 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("step", [2, 20, 60])
def test_what_a_killed_build_left_for_the_site_is_made_anew(good: Path, tmp_path: Path, step: int) -> None:
    assert scripts(good, "build").returncode == 0
    whole = made_for_the_site(good)
    (root := tmp_path / "killed").mkdir()
    shutil.copytree(good, root, dirs_exist_ok=True)
    for path in whole:
        (root / path).unlink()
    assert run_until(step, ["--root", str(root), "build"]) == KILLED
    left = made_for_the_site(root)
    assert len(left) < len(whole) and left.items() <= whole.items()  # each whole, or not there
    assert scripts(root, "build").returncode == 0
    assert made_for_the_site(root) == whole and not (root / ".staging").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs locks")
def test_runs_on_one_tree_wait_for_each_other(good: Path, tmp_path: Path) -> None:
    """Ten at once, each with an article of its own: all their records are there, and all pages are current."""
    running = []
    for number in range(10):
        file = tmp_path / f"{number}.md"
        file.write_text(f"---\ntitle: 灯{number}\ndate: 2026-03-01\nlang: zh-CN\nauthor: 某人\nurl: https://example.org/{number}\n---\n灯{number}。\n", encoding="utf-8")
        running.append(subprocess.Popen([sys.executable, "-m", "scripts", "--root", str(good), "ingest", str(file)], cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    assert [process.communicate() and process.returncode for process in running] == [0] * 10
    assert len(list(good.glob("docs/data/articles/*.yml"))) == 11
    assert "BLOCK-1" not in scripts(good, "check").stdout


def test_what_an_interrupted_run_had_decided_is_finished_and_told(good: Path) -> None:
    staged = good / ".staged"
    staged.mkdir()
    (staged / "files.json").write_text('["docs/en/a.md", "docs/en/new/b.md"]', encoding="utf-8")
    (staged / "1").write_text("b", encoding="utf-8")
    done = scripts(good, "rules")
    assert "finished writing docs/en/new/b.md, which an interrupted run had left" in done.stderr
    assert ((good / "docs/en/new/b.md").read_text(encoding="utf-8"), staged.exists()) == ("b", False)


@pytest.mark.parametrize("path", ["../outside.md", "/tmp/outside.md", ""])
def test_nothing_is_ever_written_outside_the_tree(good: Path, path: str) -> None:
    staged = good / ".staged"
    staged.mkdir()
    (staged / "files.json").write_text(f'["{path}"]', encoding="utf-8")
    (staged / "0").write_text("x", encoding="utf-8")
    done = scripts(good, "rules")
    assert (done.returncode, done.stdout) == (1, f".staged:1: WRITE-1 was left by an interrupted run and cannot be finished ('{path}' leads out of the tree), must be deleted\n")
    assert not (good.parent / "outside.md").exists()
