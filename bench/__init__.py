"""Measures the chatbot: `python -m bench` runs every measure, `python -m bench ask` one; docs/bench/ keeps them."""
