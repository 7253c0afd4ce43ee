"""What a run is done with goes back to the system."""

import ctypes
import subprocess
import sys

import pytest

FREED = """
import os
from scripts import memory

def held():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

memory.spare()
small, large = [], []
for number in range(1000):
    large.append("x" * 100_000)
    small.append("y" * 1000)
before = held()
large.clear()
print(before - held())
"""


@pytest.mark.skipif(sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallopt"), reason="elsewhere it is left to the system")
def test_large_texts_leave_no_hole_between_small_ones() -> None:
    done = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 90_000_000
