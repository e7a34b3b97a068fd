"""Property tests draw the same examples everywhere and are never judged by the clock: machines differ."""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("steady")
