from __future__ import annotations

import re

from waqai.codebook import load_codebook
from waqai.codebook.render import codebook_markdown
from waqai.sites.marked import inline, to_html


def test_the_whole_codebook_is_read_and_no_mark_is_left() -> None:
    made = to_html(codebook_markdown(load_codebook()))
    without_code = re.sub(r"<code>.*?</code>", "", made)
    assert not re.search(r"\*\*|^#|\| ---|<!--|\\\|", without_code, re.M)
    assert all(f'id="{name}"' in made for name in load_codebook().types)


def test_tags_and_addresses_of_other_kinds_are_shown_and_not_followed() -> None:
    assert inline("<b>x</b> [y](javascript:z)") == "&lt;b&gt;x&lt;/b&gt; [y](javascript:z)"


def test_an_address_is_followed_once_whether_bare_or_named() -> None:
    assert inline("see https://www.geonames.org, or [it](https://a.example/b)") == (
        'see <a href="https://www.geonames.org" rel="noreferrer">https://www.geonames.org</a>, or <a href="https://a.example/b" rel="noreferrer">it</a>'
    )


def test_a_pipe_inside_a_cell_is_no_border() -> None:
    assert "<td>a|b</td><td>c</td>" in to_html("| x | y |\n| --- | --- |\n| a\\|b | c |")
