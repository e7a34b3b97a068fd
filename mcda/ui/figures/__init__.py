"""Interactive figures of exhibits: what Plotly draws. Nothing is computed here and nothing loaded from outside."""
