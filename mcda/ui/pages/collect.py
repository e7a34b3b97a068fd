"""Page: rating workbooks out to the municipalities, their answers back in, and what is missing or unclear."""


def show() -> None:
    """Draw the page."""
