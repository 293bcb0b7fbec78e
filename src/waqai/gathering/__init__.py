"""What is at addresses into reports, as the settings say: the one fetcher set up, and a page joined to the ways of intake."""

from waqai.gathering.fetchers import make_fetcher
from waqai.gathering.pages import check_address, is_address, iter_fetched, iter_page, name_page

__all__ = ["check_address", "is_address", "iter_fetched", "iter_page", "make_fetcher", "name_page"]
