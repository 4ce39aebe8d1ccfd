"""Document -> plan: one file a format gives rows, the rest says what the rows mean."""
