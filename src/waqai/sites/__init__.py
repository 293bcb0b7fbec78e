"""Sites: a release as pages that open from a folder, without a server and without asking anybody for anything."""

from waqai.sites.files import check_folder
from waqai.sites.making import Published, copy_release, open_sound, publish

__all__ = ["Published", "check_folder", "copy_release", "open_sound", "publish"]
