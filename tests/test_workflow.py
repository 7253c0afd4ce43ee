"""What runs in CI is pinned, and may do no more than it must."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import HOME

WORKFLOWS = sorted((HOME / ".github/workflows").glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*")
OURS = re.compile(r"(vars|github\.ref$|github\.repository_owner|github\.event\.repository\.name|steps\.\w+\.outputs)")  # what no stranger writes
RIGHTS = {"contents": "read"}
MORE = {"deploy": {"pages": "write", "id-token": "write"}}  # jobs that publish
REQUIREMENTS = sorted(HOME.glob("requirements*.in"))


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_and_says_its_version(path: Path) -> None:
    used = re.findall(r"^\s*(?:- )?uses:\s*(.*)$", path.read_text(encoding="utf-8"), re.M)
    assert used
    assert [action for action in used if not PINNED.fullmatch(action.strip())] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_job_may_read_the_tree_and_only_the_one_that_publishes_more(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {}
    assert {name: job.get("permissions") for name, job in jobs(path).items()} == {name: MORE.get(name, RIGHTS) for name in jobs(path)}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_job_runs_what_a_stranger_sent_with_rights_of_ours(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"pull_request_target|workflow_run|issue_comment", text)
    assert "secrets." not in text
    for job in jobs(path).values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "a command takes what it is given from its environment"
            assert step.get("with", {}).get("persist-credentials", True) is False or "checkout" not in step.get("uses", "")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_is_put_into_a_workflow_is_written_by_nobody_else(path: Path) -> None:
    for expression in re.findall(r"\$\{\{(.*?)\}\}", path.read_text(encoding="utf-8")):
        named = re.findall(r"\b(?:github|inputs|env|vars|steps|needs)\.[\w.-]+", re.sub(r"'[^']*'", "", expression))
        assert named and all(OURS.match(name) for name in named), expression


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_package_is_pinned_by_its_hash(path: Path) -> None:
    wanted = [line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(re.fullmatch(r"-[rc] [\w.-]+|[\w.\[\]-]+==[\w.]+", line) for line in wanted if line)
    lines = path.with_suffix(".txt").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    packages = [line for line in lines if line.strip() and not line.startswith("#")]
    assert packages
    assert [line for line in packages if not re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == []
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0].split("[")[0]).lower() for line in packages}
    assert {re.sub(r"[-_.]+", "-", line.split("==")[0].split("[")[0]).lower() for line in wanted if "==" in line} <= pinned
