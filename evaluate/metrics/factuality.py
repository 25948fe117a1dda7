"""Factuality: how far a judge finds the answer true to the expected one, 1 to 10. MLLMU-Bench, arXiv 2410.22108.

10-9 fully right, even if put in other words; 8-7 minor omissions; 6-5 a noticeable error; 4-3 major errors; 2-1
nonsense. `mllmu-evaluate judge` adds it; see `evaluate/judge`.
"""

from .base import Metric

METRIC = Metric("factuality", "Factuality", ("generation",), "1-10")
