"""Accuracy of multiple choice: whether the right option is the likeliest.

    accuracy            = [argmax_o  log p(o | question) is the right option]
    accuracy_normalised = [argmax_o (log p(o | question)) / tokens(o) is the right option]

Summed log-probability favours short options, its mean favours long ones with easy endings, so both are reported, as
Gao et al. do in the Language Model Evaluation Harness (2021). The evaluation's engine has the likelihoods, and scores.
"""

from .base import Metric

AS_IS = Metric("accuracy", "Accuracy", ("classification",), "%")
NORMALISED = Metric("accuracy_normalised", "Accuracy (length-normalised)", ("classification",), "%")
