"""Report text to a `Reading`: claims, accounts, dates, counts and place mentions, each with its words. No network, database or clock."""

from waqai.reading.reader import ReaderSettings, RuleReader

__all__ = ["ReaderSettings", "RuleReader"]
