"""The run: settings, parts, and the rooms called in order. The only room that reads the clock."""

from waqai.flow.add import Again, Summary, add_reports
from waqai.flow.adding import Given, add_account, split_account
from waqai.flow.agreeing import SideBySide, compare_codings, measure_coders
from waqai.flow.changes import Beside, Change, Moved
from waqai.flow.checking import check_incident
from waqai.flow.clock import now
from waqai.flow.columns import ColumnChooser
from waqai.flow.correcting import ONE_MORE, Replaced, accept_many, correct_account, find_words, lock_incident, mark_source, review_account
from waqai.flow.doors import (
    COLUMNS_TAKEN,
    FACETS,
    NOT_READ,
    SET_ASIDE,
    UNANSWERED,
    Erased,
    Filters,
    Hit,
    LogCheck,
    Past,
    Rebuilt,
    Reviewed,
    Standing,
    Store,
    TablePreview,
    default_store,
    demo_corpus,
    find_kept_columns,
    ignored_notices,
    is_there,
    iter_incoming,
    iter_uploaded,
    open_named_store,
    preview_upload,
    report_of_paste,
)
from waqai.flow.erasing import erase_report
from waqai.flow.gazetteers import Built, Gazetteer, Place, build_gazetteer, built_folder, open_gazetteer
from waqai.flow.imprinting import make_imprints
from waqai.flow.judging import judge_different, judge_same, judge_unsure, split_incident
from waqai.flow.noting import answer_question, ask_about, note_incident, tag_incident
from waqai.flow.parts import READERS, Chain, Ground, build_chain, lay_ground
from waqai.flow.placing import NOT_PLACED, Home, NamedPlace, Placed, ReportPlaces, count_names, group_places, iter_report_places, probability
from waqai.flow.previewing import preview_same, preview_split
from waqai.flow.ranking import Nearby, rank_incidents, rank_merges
from waqai.flow.read import Outcome, iter_outcomes
from waqai.flow.restoring import Loss, Restored, backup_store, restore_store
from waqai.flow.running import Run, Runs, chained
from waqai.flow.settings import NOT_BUILT, Settings, find_settings_file, load_settings, shipped_settings
from waqai.flow.suggesting import suggest_value
from waqai.flow.undoing import undo_entry

__all__ = [
    "COLUMNS_TAKEN",
    "FACETS",
    "NOT_BUILT",
    "NOT_PLACED",
    "NOT_READ",
    "ONE_MORE",
    "READERS",
    "SET_ASIDE",
    "UNANSWERED",
    "Again",
    "Beside",
    "Built",
    "Chain",
    "Change",
    "ColumnChooser",
    "Erased",
    "Filters",
    "Gazetteer",
    "Given",
    "Ground",
    "Hit",
    "Home",
    "LogCheck",
    "Loss",
    "Moved",
    "NamedPlace",
    "Nearby",
    "Outcome",
    "Past",
    "Place",
    "Placed",
    "Rebuilt",
    "Replaced",
    "ReportPlaces",
    "Restored",
    "Reviewed",
    "Run",
    "Runs",
    "Settings",
    "SideBySide",
    "Standing",
    "Store",
    "Summary",
    "TablePreview",
    "accept_many",
    "add_account",
    "add_reports",
    "answer_question",
    "ask_about",
    "backup_store",
    "build_chain",
    "build_gazetteer",
    "built_folder",
    "chained",
    "check_incident",
    "compare_codings",
    "correct_account",
    "count_names",
    "default_store",
    "demo_corpus",
    "erase_report",
    "find_kept_columns",
    "find_settings_file",
    "find_words",
    "group_places",
    "ignored_notices",
    "is_there",
    "iter_incoming",
    "iter_outcomes",
    "iter_report_places",
    "iter_uploaded",
    "judge_different",
    "judge_same",
    "judge_unsure",
    "lay_ground",
    "load_settings",
    "lock_incident",
    "make_imprints",
    "mark_source",
    "measure_coders",
    "note_incident",
    "now",
    "open_gazetteer",
    "open_named_store",
    "preview_same",
    "preview_split",
    "preview_upload",
    "probability",
    "rank_incidents",
    "rank_merges",
    "report_of_paste",
    "restore_store",
    "review_account",
    "shipped_settings",
    "split_account",
    "split_incident",
    "suggest_value",
    "tag_incident",
    "undo_entry",
]
