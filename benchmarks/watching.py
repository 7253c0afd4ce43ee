"""What a command takes: seconds, processor time and memory, of it and of all processes that it starts."""

import os
import subprocess
import threading
import time
from pathlib import Path
from typing import Mapping, NamedTuple, Sequence

import psutil

EVERY = 0.2  # seconds between two looks at the memory, or more where a look takes long:
REST = 30  # times as long as it took, for it is the same processors' time
MB = 1 << 20


class Taken(NamedTuple):
    """Seconds on the clock, and of all processors; MB that the largest process held at most, and all of them together,
    what they share counted once; what the command said when it failed, or that it took too long."""

    seconds: float
    cpu: float
    largest: int
    together: int
    failed: str = ""


def watch(command: Sequence[object], folder: Path, surroundings: Mapping[str, str] | None = None, longest: float | None = None) -> Taken:
    """Runs a command in a folder to its end, for `longest` seconds at most."""
    start, times = time.perf_counter(), os.times()
    running = subprocess.Popen([*map(str, command)], cwd=folder, env={**os.environ, **(surroundings or {})}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    most, done = [0, 0], threading.Event()
    looking = threading.Thread(target=_look, args=(running.pid, most, done))
    looking.start()
    try:
        said, failed = running.communicate(timeout=longest)[0], ""
    except subprocess.TimeoutExpired:
        for process in (*psutil.Process(running.pid).children(recursive=True), running):
            process.kill()
        said, failed = running.communicate()[0], f"stopped after {longest:.0f} s"
    done.set()
    looking.join()
    now = os.times()
    cpu = now.children_user + now.children_system - times.children_user - times.children_system
    return Taken(time.perf_counter() - start, cpu, *(most_of // MB for most_of in most), failed or (said[-2000:] if running.returncode else ""))


def _look(pid: int, most: list[int], done: threading.Event) -> None:
    pause = EVERY
    while not done.wait(pause):
        start = time.perf_counter()
        try:
            top = psutil.Process(pid)
            sizes = [_size(process) for process in (top, *top.children(recursive=True))]
        except psutil.Error:
            continue
        most[:] = max(most[0], max(sizes)), max(most[1], sum(sizes))
        pause = max(EVERY, REST * (time.perf_counter() - start))


def _size(process: psutil.Process) -> int:
    """Memory of one process, of what it shares its part; nothing once it has ended."""
    try:
        known = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(known, "pss", known.uss))
