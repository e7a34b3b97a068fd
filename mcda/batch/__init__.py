"""Many scenarios at once: `run_batch` on one machine or a cluster, with the same numbers everywhere."""

from mcda.batch.asked import Asked
from mcda.batch.parts import read_batch
from mcda.batch.run import Batch, run_batch

__all__ = ["Asked", "Batch", "read_batch", "run_batch"]
