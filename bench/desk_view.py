"""The first view of the list of incidents in a real browser: what it weighs, and when the largest part of it stands."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any

PAINT = """() => new Promise((done) => {
  let last = 0;
  const observer = new PerformanceObserver((list) => { for (const one of list.getEntries()) last = one.startTime; });
  observer.observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => done(last), 300);
})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstView:
    """Kilobytes (1,000 bytes) as they went over the wire, headers included, of so many answers; milliseconds to the largest contentful paint."""

    kilobytes: float
    files: int
    paint_ms: float


def look_at_first_view(host: str, cookie: str) -> FirstView | None:
    """With an empty cache; None where there is no browser here."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        except Error:
            return None
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": f"http://{host}"}])
        page = context.new_page()
        weights: list[float] = []
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda told: weights.append(_weight(told)))
        page.goto(f"http://{host}/incidents", wait_until="networkidle")
        paint = float(page.evaluate(PAINT))
        browser.close()
    return FirstView(kilobytes=sum(weights) / 1000, files=len(weights), paint_ms=paint)


def _weight(told: dict[str, Any]) -> float:
    return float(told["encodedDataLength"])
