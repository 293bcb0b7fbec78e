"""Releases: dated folders that never change, with data, codebook, what is not in them and why, and checksums; and what changed between two of them."""

from waqai.releases.diffing import Change, Diff, Withdrawal, compare_releases
from waqai.releases.making import Made, Naming, make_release
from waqai.releases.opened import Release, open_release, verify_release

__all__ = ["Change", "Diff", "Made", "Naming", "Release", "Withdrawal", "compare_releases", "make_release", "open_release", "verify_release"]
