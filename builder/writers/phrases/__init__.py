"""The phrasings of the template writer. Adding one is adding a line.

Every attribute's templates blank, ask for and tell the same value, and `forget` shares no template with `test`.
No `a` or `an` stands before a blank, where it would give away how the answer begins.
"""
