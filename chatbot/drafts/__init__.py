"""Texts from elsewhere -> a draft of a knowledge file, for a person to finish."""
