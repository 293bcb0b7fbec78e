"""The child's doors are shut once the first page can come."""

import json
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from waqai.intake.children import main as child

CHILD = Path(child.__file__)


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import socket; socket.socket().connect(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
    ],
)
def test_a_deed_outside_the_file_is_refused(deed: str) -> None:
    code = f"import sys, children.main as c\nsys.addaudithook(c._refuse)\n{deed}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(CHILD.parents[1])}, check=False)
    assert "PermissionError" in done.stderr


def test_the_child_answers_null_for_a_page_without_an_article_and_ends_with_its_input() -> None:
    page = b"<html><body></body></html>"
    arguments = [sys.executable, "-m", "children.main", "pages", json.dumps({"cpu_s": 5, "memory_mb": 512})]
    done = subprocess.run(arguments, input=struct.pack(">Q", len(page)) + page, capture_output=True, check=True, env={"PYTHONPATH": str(CHILD.parents[1])})
    assert done.stdout == struct.pack(">Q", 5) + b"ready" + struct.pack(">Q", 15) + b'{"found": null}'


def test_the_child_imports_nothing_else_of_waqai() -> None:
    code = "import sys, children.main, children.pdf, children.word, children.sheets\nprint([name for name in sys.modules if name.startswith('waqai')])"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, env={"PYTHONPATH": str(CHILD.parents[1])}, check=True)
    assert done.stdout == "[]\n"


def test_who_ends_a_run_does_not_wait_for_the_child() -> None:
    code = """
import os, signal, threading
from waqai.intake.child import Extractor
from waqai.intake import Limits
with Extractor("pages", limits=Limits(wall_s=60)) as extractor:
    extractor.ask(b"<html><body></body></html>")
    os.kill(extractor._child._process.pid, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGINT]).start()
    extractor.ask(b"<html><body></body></html>")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)
    assert "KeyboardInterrupt" in done.stderr
