"""Questions put to the record: what is counted, within which bounds, and the answer of a test in plain words."""
