"""A judge's grades of free answers: factuality 1 to 10, by any OpenAI-compatible endpoint."""
