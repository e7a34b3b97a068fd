"""The version, in one place: read by the build, the provenance of every output and the command line."""

__version__ = "0.1.0"
