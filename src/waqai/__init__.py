"""waqai: reports in, sourced, comparable, correctable incident records out."""

__version__ = "0.1.0"
