"""mllmu: measure whether a multimodal model has really forgotten a person."""

__version__ = "0.1.0"
