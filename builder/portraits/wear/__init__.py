"""What is worn: garments, collars, head coverings, glasses, ear-rings."""
