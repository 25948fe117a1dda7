"""Grammar and reference: what every template writer needs, whoever it writes about."""
