"""Passages and questions on disk and in memory: vectors (FAISS), words (BM25, n-grams), versions."""
