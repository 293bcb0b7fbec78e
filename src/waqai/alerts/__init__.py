"""Saved filters that tell what is new or changed: as feeds that are read, and by webhooks and mail that are sent.

A round (`run_round`) holds the incidents that changed against what an alert last told of them, writes down what is news, and sends what is due.
"""

from waqai.alerts.alert import KINDS, Alert, Door, Wanted, check_kinds, make_door
from waqai.alerts.deliveries import Delivery, list_deliveries
from waqai.alerts.feeds import make_atom, make_json_feed
from waqai.alerts.items import Item, load_items
from waqai.alerts.keeping import add_alert, get_alert, list_alerts, make_key, pause_alert, remove_alert
from waqai.alerts.looking import Means
from waqai.alerts.mail import MailServer
from waqai.alerts.quiet import Quiet, parse_quiet
from waqai.alerts.rounds import Round, Senders, make_senders, run_round, try_doors

__all__ = [
    "KINDS",
    "Alert",
    "Delivery",
    "Door",
    "Item",
    "MailServer",
    "Means",
    "Quiet",
    "Round",
    "Senders",
    "Wanted",
    "add_alert",
    "check_kinds",
    "get_alert",
    "list_alerts",
    "list_deliveries",
    "load_items",
    "make_atom",
    "make_door",
    "make_json_feed",
    "make_key",
    "make_senders",
    "parse_quiet",
    "pause_alert",
    "remove_alert",
    "run_round",
    "try_doors",
]
