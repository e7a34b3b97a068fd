"""The garbage collector's trap, closed once per process."""

import gc
from functools import cache


@cache
def settle_collector() -> None:
    """Take everything loaded so far out of the collector's sight, once.

    Streamlit collects garbage after every run, before the last answer leaves. Walking the modules, the study and
    its caches each time cost about 100 ms per move; they live as long as the process anyway.
    """
    gc.collect()
    gc.freeze()
