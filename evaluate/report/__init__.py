"""What evaluations look like to a reader: a table, figures, answers side by side."""
