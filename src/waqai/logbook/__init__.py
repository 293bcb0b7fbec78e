"""The append-only log: entries in one hash chain, what became of each, and what stays of what was erased. The room under the store that reads and writes it."""
