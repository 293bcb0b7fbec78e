"""What came in, byte for byte, and how: kept by its hash, with a chain of hashes over how each came; see docs/decisions/0065-originals.md.

`keep_original` keeps, `find_retrievals` and `get_content` find, `verify_originals` tells whether anything was changed since.
"""

from waqai.originals.chain import OriginalsCheck, iter_damaged, verify_originals
from waqai.originals.finding import Custody, find_holders, find_retrievals, get_content
from waqai.originals.keeping import keep_original

__all__ = ["Custody", "OriginalsCheck", "find_holders", "find_retrievals", "get_content", "iter_damaged", "keep_original", "verify_originals"]
