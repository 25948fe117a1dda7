"""Makes a benchmark, from people to release folder. `mllmu-build` is its front door."""
