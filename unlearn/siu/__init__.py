"""What single image unlearning needs beside its loss: targets, masks, wrong names. arXiv 2405.12523."""
