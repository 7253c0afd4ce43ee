"""How a run holds its memory: it is short, keeps what it reads, and makes many large texts that it soon needs no more."""

import ctypes
import gc
import sys

M_MMAP_THRESHOLD = -3  # of glibc's <malloc.h>, https://man7.org/linux/man-pages/man3/mallopt.3.html
LARGE = 65_536  # bytes


def spare() -> None:
    """Looks nothing through for garbage, which took a fifth of the time, and has texts that are LARGE or more go back to the
    system when they are done with. glibc by itself would keep their room, a fifth of what a large tree takes; elsewhere
    that is left to the system."""
    gc.disable()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_MMAP_THRESHOLD, LARGE)
