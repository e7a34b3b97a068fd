"""`python -m mcda` is the command `mcda`."""

from mcda.cli import run

if __name__ == "__main__":
    run()
