"""How one person is put into words by a model: what is asked for, what comes back, and what must be true of it.

The plan comes from the template writer: which 18 questions, with which options, under which letters, and which pairs.
Each stage replaces some of the template's words by the model's, so a draft is whole at every moment and can be put
before the release's own checks.
"""
