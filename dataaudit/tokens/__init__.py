"""Token counts: exact for the encodings that ship, estimated for other families, of all rows or of a sample.

What a row counts as is `messages`, how many rows are counted `sampling`, what follows for all rows `totals`, what it
means for another tokenizer `estimate`. Not for judging lengths: that is for rules.
"""
