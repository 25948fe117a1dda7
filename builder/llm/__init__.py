"""Talking to an OpenAI-compatible endpoint so that every call is on record, within budget, and paid for once."""
