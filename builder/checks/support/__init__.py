"""What several checks share: comparing words, reading values, judging chance, looking at pictures."""
