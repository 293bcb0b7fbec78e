"""Reviewing in a browser: by keyboard alone, by selecting words, two at once, without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.browser.conftest import Served

RECORD = ".record.here"


def select_words(page: Page, words: str) -> None:
    """Select words of the report as a person does who drags over them."""
    assert page.evaluate(
        """words => {
            const text = document.getElementById("text");
            const at = text.textContent.indexOf(words);
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            let before = 0, node;
            while ((node = walker.nextNode())) {
                const end = before + node.data.length;
                if (before <= at && at < end) range.setStart(node, at - before);
                if (before < at + words.length && at + words.length <= end) { range.setEnd(node, at + words.length - before); break; }
                before = end;
            }
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return getSelection().toString() === words;
        }""",
        words,
    )


def test_a_report_is_reviewed_by_keyboard_alone(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/reports/c001")
    accounts = page.locator(".record").count()
    for n in range(accounts):
        page.keyboard.press("x" if n == 1 else "a")
        expect(page.locator(".record .badge.accepted, .record .badge.rejected")).to_have_count(n + 1)
    expect(page.locator(".badge.rejected")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".record .badge.accepted, .record .badge.rejected")).to_have_count(accounts - 1)
    efforts = [entry.value["effort"] for entry in served.store.iter_log() if entry.kind in ("accepted", "rejected")]
    assert all(effort["keys"] >= 1 and effort["clicks"] == 0 and 0 <= effort["seconds"] < 60 for effort in efforts)


def test_a_key_that_is_faster_than_the_answer_means_the_next_account(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/reports/c001")
    page.evaluate("""() => { for (const key of "aaj") document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true})); }""")
    expect(page.locator(".record .badge.accepted")).to_have_count(2)
    entries = [entry for entry in served.store.iter_log() if entry.kind == "accepted"]
    assert len({entry.subject for entry in entries}) == len(entries) == 2
    assert all(entry.value["effort"]["keys"] >= 1 for entry in entries)


def test_a_key_that_was_pressed_before_another_persons_change_was_seen_does_nothing(page: Page, browser: Browser, served: Served) -> None:
    page.goto(f"{served.base}/reports/c001")
    served.desk.owner_name = "ben"
    with browser.new_context() as other:
        second = other.new_page()
        second.goto(served.start_address())
        second.goto(f"{served.base}/reports/c001")
        second.keyboard.press("x")
        expect(second.locator(".badge.rejected")).to_have_count(1)
    page.evaluate("""() => { for (const key of "aa") document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true})); }""")
    expect(page.get_by_role("alert")).to_contain_text("ben rejected")
    page.wait_for_load_state("networkidle")
    assert "accepted" not in [entry.kind for entry in served.store.iter_log()]


def test_keys_walk_through_accounts_and_fields_and_light_their_words(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/reports/c001")
    first = page.locator(RECORD).get_attribute("id")
    page.keyboard.press("j")
    expect(page.locator(RECORD)).not_to_have_id(first or "")
    page.keyboard.press("k")
    expect(page.locator(RECORD)).to_have_id(first or "")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".field.lit .label")).to_have_text("when")
    key = page.locator(".field.lit").get_attribute("data-key")
    expect(page.locator("mark.lit").first).to_have_attribute("data-keys", key or "")
    page.locator("mark").first.hover()
    expect(page.locator(".field.lit")).not_to_have_attribute("data-key", key or "")


def test_a_figure_is_corrected_by_selecting_its_words(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/reports/c001")
    row = page.locator(f"{RECORD} .field[data-facet=count]").first
    row.focus()
    select_words(page, "64 terrorists")
    page.keyboard.press("c")
    value = page.locator("details[open] input[name=value]")
    expect(value).to_be_focused()
    expect(value).to_have_value("64")
    page.keyboard.type("70+")
    page.keyboard.press("Enter")
    corrected = page.locator(".field.corrected")
    expect(corrected.locator(".value")).to_contain_text("70 or more")
    expect(corrected.locator(".words")).to_have_text("“64 terrorists”")
    expect(corrected.locator(".made")).to_contain_text("corrected by ana")


def test_a_happening_that_was_not_found_is_added_from_selected_words(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/reports/c001")
    before = page.locator(".record").count()
    select_words(page, "four inmates died in the raid")
    page.keyboard.press("n")
    page.locator("form[data-act=add] select[name=type]").select_option("killing" if page.locator("option[value=killing]").count() else "raid")
    page.locator("form[data-act=add] button.main").click()
    expect(page.locator(".record")).to_have_count(before + 1)
    page.keyboard.press("Control+z")
    expect(page.locator(".record")).to_have_count(before)


def test_a_key_is_put_elsewhere_and_the_browser_remembers(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/reports/c001")
    page.keyboard.press("?")
    page.locator("dialog input[name=accept]").focus()
    page.keyboard.press("y")
    page.get_by_role("button", name="Save", exact=True).click()
    page.reload()
    page.keyboard.press("a")  # nothing any more
    page.keyboard.press("y")
    expect(page.locator(".badge.accepted")).to_have_count(1)
    assert [entry.kind for entry in served.store.iter_log()].count("accepted") == 1


def test_of_two_at_one_record_the_second_sees_the_first_ones_change_before_saving(page: Page, browser: Browser, served: Served) -> None:
    page.goto(f"{served.base}/reports/c001")
    served.desk.owner_name = "ben"
    with browser.new_context() as other:
        second = other.new_page()
        second.goto(served.start_address())
        second.goto(f"{served.base}/reports/c001")
        second.keyboard.press("x")
        expect(second.locator(".badge.rejected")).to_have_count(1)
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("ben rejected")
    expect(page.locator(".badge.rejected")).to_have_count(1)
    assert "accepted" not in [entry.kind for entry in served.store.iter_log()]


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_reading_and_the_review_form_work_without_script(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/reports/c001")
    expect(page.locator("#text mark").first).to_be_visible()
    page.locator(f"{RECORD} button[value=accepted]").click()
    expect(page.locator(".badge.accepted")).to_have_count(1)
    row = page.locator(f"{RECORD} .field[data-facet=status]")
    row.locator("summary").click()
    row.locator("select[name=value]").select_option("attempted")
    row.get_by_role("button", name="Save").click()
    expect(page.locator(".field.corrected .value")).to_have_text("attempted")
    page.locator("form.undo button").click()
    expect(page.locator(".field.corrected")).to_have_count(0)


def test_an_arabic_title_runs_from_right_to_left(page: Page, served: Served) -> None:
    page.goto(f"{served.base}/reports/arabic-title")
    heading = page.locator("h1")
    assert heading.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.locator("#text").evaluate("one => getComputedStyle(one).direction") == "ltr"
    box, line = heading.bounding_box(), page.locator(".reading").bounding_box()
    assert box and line and box["x"] + box["width"] <= line["x"] + line["width"] + 1
