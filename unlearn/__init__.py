"""Reads a release; fine-tunes a vision-language model on it, and makes it forget again."""
