"""Releases on the Hugging Face Hub: push, fetch, verify."""
