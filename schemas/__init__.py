"""What the data is: people, questions, pictures, columns, splits, manifest. Imports nothing heavy."""
