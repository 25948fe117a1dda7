"""The commands of `mllmu-build`, one file each."""
