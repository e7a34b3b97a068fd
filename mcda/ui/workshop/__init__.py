"""The workshop's pages: phones, projector and the facilitator's console, as small plain HTML without Streamlit."""
