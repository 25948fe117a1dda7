"""Concepts to forget, after MMUBench: pictures, facts and questions of invented people and things."""
