"""`waqai compare`: another's dataset beside the store's record."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from waqai.bounds import Bounds, HeldBack, forbids_passing_on
from waqai.bounds.cleared import WHY
from waqai.cli.bounding import open_bounds
from waqai.cli.filter_checks import check_filters
from waqai.cli.opening import open_named_store
from waqai.codebook import UCDP_LIKE, Codebook, load_actors, load_codebook
from waqai.comparing import Asked, Comparison, Held, Scheme, get_scheme, require_parts, take_records, take_rows
from waqai.comparing.telling import About, as_json, write_sheet
from waqai.core import Notice
from waqai.export import Combiner, Making
from waqai.export.placing import check_place, placing
from waqai.flow import Filters, Store
from waqai.imports import ForeignRow, RowError, open_rows
from waqai.terminal.comparisons import print_comparison
from waqai.terminal.printing import count_of, err, out, print_some, progress_bar
