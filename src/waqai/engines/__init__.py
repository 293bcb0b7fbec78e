"""Many reports at once: read by worker processes of this machine or by a Dask cluster, kept and linked by one run. What ends its reader is set apart.

`adding`: the run. `ahead`: what comes in, some batches ahead. `attempts`: who reads what, and the quarantine. `local`, `cluster`: the engines. `apart`: reports
in a process of their own; `child`: that process.
"""

from waqai.engines.adding import add_many
from waqai.engines.ahead import STAGE as QUARANTINE
from waqai.engines.attempts import Quarantined, count_quarantined, forget, list_quarantined, release
from waqai.engines.local import Engine, LocalEngine
from waqai.engines.orders import Bounds, Order, Read, make_order
from waqai.engines.serving import serve

__all__ = [
    "QUARANTINE",
    "Bounds",
    "Engine",
    "LocalEngine",
    "Order",
    "Quarantined",
    "Read",
    "add_many",
    "count_quarantined",
    "forget",
    "list_quarantined",
    "make_order",
    "release",
    "serve",
]
