"""The words inside Streamlit's upload box, which are English and cannot be set."""

import streamlit as st

_STYLE = """
.st-key-PLACE [data-testid=stFileUploaderDropzone] button[data-testid=stBaseButton-secondary] p { display: none; }
.st-key-PLACE [data-testid=stFileUploaderDropzone] button[data-testid=stBaseButton-secondary]::after
{ content: "WORDS"; }
.st-key-PLACE [data-testid=stFileUploaderDropzoneInstructions] { display: none; }
"""


def word_upload(place: str, words: str) -> None:
    """Put `words` on the button of the upload boxes in the container with the key `place`."""
    st.html(f"<style>{_STYLE.replace('PLACE', place).replace('WORDS', words)}</style>")
