// What table, map and timeline share: the rows, what the address chooses of them, and values in words.
// A row: id, type, status, grade, country, first day, last day, place, latitude, longitude, radius, figures, reports.
(function () {
  "use strict";
  const facets = waqai.held("facets");
  const ID = 0, TYPE = 1, STATUS = 2, GRADE = 3, COUNTRY = 4, FROM = 5, TO = 6, WHERE = 7, LAT = 8, LON = 9, RADIUS = 10, SUMS = 11, REPORTS = 12;
  const CHOICES = [["type", "types", TYPE], ["country", "countries", COUNTRY], ["grade", "grades", GRADE]];

  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

  // The choice that the address holds: values by name, days, words, order.
  function read() {
    const given = new URLSearchParams(location.hash.slice(1));
    const choice = { since: given.get("since") || "", until: given.get("until") || "", words: given.get("words") || "", sort: given.get("sort") || "", page: Number(given.get("page")) || 1 };
    for (const [name] of CHOICES) choice[name] = given.getAll(name).flatMap((one) => one.split(",")).filter((one) => facets[CHOICES.find(([n]) => n === name)[1]].some(([value]) => value === one));
    return choice;
  }

  function write(choice) {
    const said = new URLSearchParams();
    for (const [name] of CHOICES) if (choice[name].length) said.set(name, choice[name].join(","));
    for (const name of ["since", "until", "words", "sort"]) if (choice[name]) said.set(name, choice[name]);
    if (choice.page > 1) said.set("page", choice.page);
    return said.toString().replaceAll("%2C", ",");
  }

  const isNarrow = (choice) => Boolean(choice.since || choice.until || choice.words.trim() || CHOICES.some(([name]) => choice[name].length));

  // A test for rows; `but` is a facet that is not asked for, so that its own counts say what choosing another value would find.
  function tester(choice, texts, but) {
    const asked = CHOICES.filter(([name]) => name !== but && choice[name].length).map(([name, list, at]) => [at, new Set(choice[name].map((one) => facets[list].findIndex(([value]) => value === one)))]);
    const words = fold(choice.words).split(/\s+/).filter(Boolean);
    return (row, n) =>
      asked.every(([at, values]) => values.has(row[at])) &&
      (!choice.since || (row[TO] && row[TO] >= choice.since)) &&
      (!choice.until || (row[FROM] && row[FROM] <= choice.until)) &&
      (!words.length || words.every((word) => texts[n].includes(word)));
  }

  const all = (kind, step) => {
    let done = 0;
    const numbers = Array.from({ length: facets.chunks }, (_, n) => n);
    return Promise.all(numbers.map((n) => waqai.get(`data/${kind}-${n}.js`, `${kind}-${n}`).then((found) => { done += 1; step?.(done, facets.chunks); return found; }))).then((lists) => lists.flat());
  };
  let rows = null, words = null;
  const allRows = (step) => (rows ??= all("rows", step));
  const allWords = (step) => (words ??= all("words", step));

  // The rows that the address chooses.
  async function chosen() {
    const choice = read();
    const [found, texts] = await Promise.all([allRows(), choice.words.trim() ? allWords() : null]);
    return found.filter(tester(choice, texts));
  }

  function days(row) {
    const [from, to] = [row[FROM], row[TO]];
    if (!from) return "day not told";
    if (from === to) return from;
    const after = new Date(Date.parse(to) + 86400000).toISOString().slice(0, 10);
    if (from.endsWith("-01") && after.endsWith("-01") && from.slice(0, 4) === to.slice(0, 4)) {
      if (from.slice(0, 7) === to.slice(0, 7)) return from.slice(0, 7);
      if (from.slice(5, 7) === "01" && to.slice(5, 7) === "12") return from.slice(0, 4);
    }
    return `${from} … ${to}`;
  }
  const what = (row) => facets.types[row[TYPE]][1] + (facets.statuses[row[STATUS]][0] === "occurred" ? "" : ` (${facets.statuses[row[STATUS]][1]})`);
  const page = (row) => `${waqai.root}incidents/${row[ID].replace(/^i-/, "").charAt(0).toLowerCase() || "_"}/${row[ID]}.html`;
  const family = (row) => facets.types[row[TYPE]][2];
  const colour = (at) => facets.families[at][1];

  function make(name, attributes, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
    made.append(...inside);
    return made;
  }
  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // Which of the incidents are shown, where the address does not choose all.
  function say(element, shown) {
    const choice = read();
    if (!isNarrow(choice)) return element.replaceChildren();
    const named = CHOICES.flatMap(([name, list]) => choice[name].map((one) => facets[list].find(([value]) => value === one)[1]));
    const told = [...named, choice.since && `from ${choice.since}`, choice.until && `to ${choice.until}`, choice.words && `“${choice.words}”`].filter(Boolean).join(", ");
    element.replaceChildren(`${shown.toLocaleString("en")} of ${facets.total.toLocaleString("en")}: ${told}. `, make("a", { href: `${waqai.root}incidents.html#${write(choice)}` }, "as a table"), " · ", make("a", { href: "#" }, "show all"));
  }

  function legend(element, used) {
    const items = [...used].sort((a, b) => a - b).map((at) => {
      const dot = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      dot.setAttribute("viewBox", "0 0 10 10");
      dot.setAttribute("aria-hidden", "true");
      const square = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [key, value] of Object.entries({ width: 10, height: 10, rx: 2, fill: colour(at) })) square.setAttribute(key, value);
      dot.append(square);
      return make("li", {}, dot, facets.families[at][0]);
    });
    element.replaceChildren(...items);
    element.hidden = false;
  }

  Object.assign(waqai, { facets, CHOICES, read, write, isNarrow, tester, allRows, allWords, chosen, days, what, page, family, colour, make, ink, say, legend });
  Object.assign(waqai, { ID, TYPE, GRADE, COUNTRY, FROM, TO, WHERE, LAT, LON, RADIUS, SUMS, REPORTS });
})();
