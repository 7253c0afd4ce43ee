"""Hook of mkdocs.yml: builds the English site in a process of its own, beside the Chinese one, and puts it into
site/en. One `mkdocs build` then yields both languages."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.exceptions import PluginError

_running = []  # the build under way: its process and its output directory


def on_pre_build(config):
    """Starts the English build, as strict as the Chinese one. Not with --quiet: that makes --strict count nothing."""
    target = tempfile.TemporaryDirectory(prefix="mkdocs_en_")
    command = [sys.executable, "-m", "mkdocs", "build", "-f", "mkdocs.en.yml", "-d", target.name]
    command += ["--strict"] if config.strict else []
    address = {"SITE_URL_EN": urljoin(config.site_url, "en/"), "NO_MKDOCS_2_WARNING": "1"}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
    home = Path(config.config_file_path).parent
    _running[:] = [(subprocess.Popen(command, cwd=home, env={**os.environ, **address}, **streams), target)]


def on_post_build(config):
    """Waits for the English site and puts it in its place; without it the build fails."""
    process, target = _running.pop()
    for line in process.communicate()[0].splitlines():
        if process.returncode or line.startswith(("WARNING", "ERROR")):
            print(f"mkdocs.en.yml: {line}", file=sys.stderr)
    if process.returncode:
        raise PluginError("mkdocs.en.yml: the English site was not built")
    shutil.copytree(target.name, Path(config.site_dir, "en"), dirs_exist_ok=True)


def on_build_error(error):
    """Ends the English build when the Chinese one has failed."""
    for process, _ in _running:
        process.kill()
