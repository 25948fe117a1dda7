"""Pictures by diffusion models: what to ask for, which device to use, how often to try. Nothing here imports torch."""
