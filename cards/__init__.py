"""What a human reads: the dataset card, the report, the model card, and the numbers that they show."""
