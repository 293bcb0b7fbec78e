"""Asking a language model's server: which address may be asked (`address`, `consent`), how (`post`, `server`), and what is written down of it (`calls`).

Off unless the settings name the reader `llm`. The only thing that ever leaves the machine is what `server` posts, and only where `consent` allows it.
"""
