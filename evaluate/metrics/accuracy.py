"""Accuracy of multiple choice: whether the right option is the likeliest.

    accuracy            = [argmax_o  log p(o | question) is the right option]
    accuracy_normalised = [argmax_o (log p(o | question)) / tokens(o) is the right option]
    accuracy_pmi        = [argmax_o  log p(o | question) - log p(o | the same of nobody) is the right option]

Summed log-probability favours short options, its mean favours long ones with easy endings, so both are reported, as
Gao et al. do in the Language Model Evaluation Harness (2021). The third asks which option gains most from knowing whom
the question is about (pointwise mutual information; Holtzman et al. 2021, arXiv 2104.08315): an option that the model
has merely read before gains nothing. That matters where wrong options were made up for the question, as in the
published benchmark, so that a model that was fine-tuned has read the right ones and few of the wrong; it takes `--pmi`.
The evaluation's engine has the likelihoods, and scores.
"""

from .base import Metric

AS_IS = Metric("accuracy", "Accuracy", ("classification",), "%")
BEYOND_FAMILIARITY = Metric("accuracy_pmi", "Accuracy (PMI)", ("classification",), "%")
NORMALISED = Metric("accuracy_normalised", "Accuracy (length-normalised)", ("classification",), "%")
