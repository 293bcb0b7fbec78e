// The review page: a field and its words light each other up, every act has a key, selected words go into forms. All of it also works by forms alone.
import { keyNames, openKeys, pressed } from "./keys.js";
import { selectedSpan } from "./selection.js";
import { countKey, effortOf, startEffort } from "./effort.js";
import { forgetHeld, hold, startWaiting, stopWaiting } from "./held.js";

const page = () => document.getElementById("review");
const records = () => [...page().querySelectorAll(".record")];
const here = () => page().querySelector(".record.here");
const fields = () => [...(here()?.querySelectorAll(".field") ?? [])];
const field = () => here()?.querySelector(".field.lit");

let report = page()?.dataset.report;

function arrive() {
  if (!page()) return;
  if (page().dataset.report !== report) scrollTo(0, 0);
  report = page().dataset.report;
  const shown = here();
  if (shown) startEffort(shown.dataset.account);
  if (location.hash.startsWith("#a")) light(document.getElementById(location.hash.slice(1)));
  else if (new URLSearchParams(location.search).has("account")) shown?.scrollIntoView({ block: "nearest" });
}

// -- what is looked at

function show(record) {
  if (!record) return;
  for (const one of records()) one.classList.toggle("here", one === record);
  for (const mark of page().querySelectorAll("mark")) mark.classList.toggle("here", keysOf(mark).some((key) => key.startsWith(`${record.dataset.name}.`)));
  light(null);
  record.focus({ preventScroll: true });
  record.scrollIntoView({ block: "nearest" });
  startEffort(record.dataset.account);
}

function light(row, { scroll = true } = {}) {
  for (const lit of page().querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!row) return;
  row.classList.add("lit");
  const words = marksOf(row.dataset.key);
  for (const mark of words) mark.classList.add("lit");
  if (scroll) {
    words[0]?.scrollIntoView({ block: "nearest" });
    row.scrollIntoView({ block: "nearest" });
  }
}

const keysOf = (mark) => mark.dataset.keys.split(" ");
const marksOf = (key) => [...page().querySelectorAll("mark")].filter((mark) => keysOf(mark).includes(key));

function step(list, from, by) {
  const at = list.indexOf(from);
  return list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
}

function stepField(by) {
  const row = step(fields(), field(), by);
  light(row);
  row?.focus({ preventScroll: true });
}

// -- what is said

function press(name) {
  const button = (here() ?? page()).querySelector(`[data-do="${name}"]`) ?? page().querySelector(`[data-do="${name}"]`);
  if (!button || button.disabled) return;
  if (button.matches("a")) startWaiting(); // another page comes
  button.click();
}

function edit(row, words) {
  const form = row?.querySelector("details.edit form");
  if (form) open(form, words);
}

function open(form, words) {
  form.closest("details").open = true;
  if (words) fill(form, words);
  const value = form.querySelector("[name=value], [name=type], [name=words]");
  value.focus();
  value.select?.();
  form.scrollIntoView({ block: "nearest" });
}

async function fill(form, words) {
  const given = form.querySelector("[name=words]");
  given.value = given.dataset.taken = words.text;
  form.querySelector("[name=span]").value = `${words.start}-${words.end}`;
  const facet = form.querySelector("[name=facet]")?.value;
  const value = form.querySelector("[name=value]");
  if (!facet || value.tagName === "SELECT") return;
  const asked = new URLSearchParams({ report: page().dataset.report, facet, start: words.start, end: words.end });
  const answer = await fetch(`/review/suggest?${asked}`, { headers: { accept: "application/json" } });
  if (!answer.ok) return;
  const { value: suggested } = await answer.json();
  if (!suggested || !(form.contains(document.activeElement) || !value.value)) return;
  value.value = suggested;
  if (form.contains(document.activeElement)) value.select?.();
}

// Words selected while one form is open go into it, unless somebody typed others.
function takeUp() {
  const words = selectedSpan(document.getElementById("text"));
  const forms = [...page().querySelectorAll("details.edit[open] form")].filter((form) => form.querySelector("[name=words]"));
  if (!words || forms.length !== 1) return;
  const given = forms[0].querySelector("[name=words]");
  if (!given.value || given.value === given.dataset.taken) fill(forms[0], words);
}

function correctFrom(facet) {
  const words = selectedSpan(document.getElementById("text"));
  const rows = fields().filter((row) => row.dataset.facet === facet);
  if (facet === "actor" || facet === "count") {
    const meant = field()?.dataset.facet === facet ? field() : null;
    const fresh = here()?.querySelector(`form[data-new="${facet}"]`);
    return meant ? edit(meant, words) : fresh && open(fresh, words);
  }
  light(rows[0]);
  edit(rows[0], words);
}

function newAccount(name) {
  const form = page().querySelector(`form[data-act="${name}"]`);
  const words = selectedSpan(document.getElementById("text"));
  if (!form) return;
  if (form.dataset.of !== undefined && here()) form.querySelector("[name=account]").value = here().dataset.account;
  open(form, words);
}

const ACTS = {
  next: () => show(step(records(), here(), 1)),
  previous: () => show(step(records(), here(), -1)),
  next_field: () => stepField(1),
  previous_field: () => stepField(-1),
  accept: () => press("accept"),
  reject: () => press("reject"),
  edit: () => edit(field() ?? fields()[0], selectedSpan(document.getElementById("text"))),
  type: () => correctFrom("type"),
  status: () => correctFrom("status"),
  when: () => correctFrom("when"),
  where: () => correctFrom("where"),
  actor: () => correctFrom("actor"),
  count: () => correctFrom("count"),
  add: () => newAccount("add"),
  split: () => newAccount("split"),
  put: () => press("put"),
  undo: () => press("undo"),
  next_report: () => press("next_report"),
  help: () => openKeys(),
};

function isTyping(target) {
  return target.closest("dialog") || (target.matches("input:not([type=checkbox]), select, textarea") && !target.readOnly);
}

document.addEventListener("keydown", (event) => {
  if (!page() || event.defaultPrevented) return;
  if (event.key === "Escape" && isTyping(event.target) && !event.target.closest("dialog")) {
    const box = event.target.closest("details");
    if (box) box.open = false;
    (field() ?? here())?.focus({ preventScroll: true });
    return;
  }
  if (isTyping(event.target)) return;
  const act = pressed(event);
  if (!act) return;
  event.preventDefault();
  if (!hold(act)) ACTS[act]();
});

document.addEventListener("pointerover", (event) => {
  if (!page()) return;
  const row = event.target.closest?.(".field");
  const mark = event.target.closest?.("#text mark");
  if (row) light(row, { scroll: false });
  else if (mark) for (const one of fieldsOf(mark)) light(one, { scroll: false });
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("#review .field");
  if (!row) return;
  const record = row.closest(".record");
  if (record !== here()) show(record);
  light(row, { scroll: false });
});

document.addEventListener("click", (event) => {
  if (!page()) return;
  const words = event.target.closest?.("a.words");
  const mark = event.target.closest?.("#text mark");
  if (words) {
    event.preventDefault();
    light(words.closest(".field"));
  } else if (mark && getSelection().isCollapsed) {
    const row = fieldsOf(mark)[0];
    if (row) {
      show(row.closest(".record"));
      light(row);
    }
  } else if (event.target.closest?.(".record") && !event.target.closest("a, button, summary, form")) {
    const record = event.target.closest(".record");
    if (record !== here()) show(record);
  }
});

// The fields that a mark says, those of the account that is looked at first.
function fieldsOf(mark) {
  const rows = keysOf(mark).map((key) => document.getElementById(key)).filter(Boolean);
  const own = rows.filter((row) => row.closest(".record") === here());
  return own.length ? own : rows;
}

document.addEventListener("pointerup", () => page() && takeUp());

document.addEventListener("change", (event) => {
  const kind = event.target.dataset?.kind;
  if (!kind || !page()) return;
  for (const mark of page().querySelectorAll(`mark.k-${kind}`)) mark.classList.toggle("off", !event.target.checked);
});

document.addEventListener(
  "submit",
  (event) => {
    const effort = event.target.querySelector("[name=effort]");
    if (effort) effort.value = effortOf(effort.form.querySelector("[name=account]").value);
    if (event.target.closest("#review") && event.target.method === "post") startWaiting();
  },
  true, // before htmx takes the form's values
);

function goOn() {
  if (!page() || document.querySelector("#main [role=alert]")) return forgetHeld();
  const play = (act) => (countKey(), ACTS[act]());
  stopWaiting(play, () => !isTyping(document.activeElement));
}

document.addEventListener("htmx:after:swap", arrive);
document.addEventListener("htmx:after:swap", goOn);
document.addEventListener("htmx:error", forgetHeld);
addEventListener("pageshow", forgetHeld);
for (const [name, key] of keyNames()) page()?.querySelectorAll(`[data-do="${name}"] kbd`).forEach((shown) => (shown.textContent = key));
arrive();
