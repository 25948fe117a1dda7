"""What a model still knows of concepts that it forgot from one picture, and what else it lost. arXiv 2405.12523."""
