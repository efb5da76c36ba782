"""Answers questions about mines in three languages, only in the verified words of its sources."""

import os

# Threads of the model that wait must not spin: on a busy computer a question took thirty times as long. The libraries
# read this once, when they are loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


__version__ = "0.1.0"
