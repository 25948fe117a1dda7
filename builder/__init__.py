"""Makes a benchmark: people, portraits, questions, test set, checks, release folder. `mllmu-build` is its front door."""
