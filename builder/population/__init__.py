"""The population: a seeded sampler that decides every fact of every fictitious person."""

from .population import Population

__all__ = ["Population"]
