"""Memory on a cluster's workers: kept between arrays while a task runs, given back after it."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_TRIM, _MAP = -1, -3
"""M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of glibc's mallopt (malloc.h)."""
_KEPT, _MAPPED = 64 * 2**20, 32 * 2**20
"""So much free memory a worker keeps during a task, and from this size on (the largest glibc takes) arrays are mapped.
The arrays of 10,000 draws are some megabytes each."""
_USUAL_MAPPED = 128 * 2**10
_SET = "MALLOC_TRIM_THRESHOLD_"


@contextmanager
def steady_memory() -> Iterator[None]:
    """Let the process keep the memory of one array for the next.

    Dask starts its workers with `MALLOC_TRIM_THRESHOLD_`, so that they look slim. Every array then comes from the
    system anew, page by page, and drawing takes half as long again or more. No number hangs on it. Where nothing is
    so set, or the system's C library is another, nothing is done.
    """
    before = os.environ.get(_SET, "")
    library = ctypes.CDLL(None) if sys.platform == "linux" and before.isdecimal() else None
    if library is None or not hasattr(library, "mallopt"):
        yield
        return
    library.mallopt(_MAP, _MAPPED)
    library.mallopt(_TRIM, max(_KEPT, int(before)))
    try:
        yield
    finally:
        library.mallopt(_TRIM, int(before))
        library.mallopt(_MAP, _USUAL_MAPPED)
        library.malloc_trim(0)
