// The table: narrowed by words, days, type, country and grade, in the order that a person chooses; a hundred rows at a time. The address holds the choice.
(function () {
  "use strict";
  const { facets, CHOICES, make, ID, GRADE, COUNTRY, FROM, TO, WHERE, SUMS, REPORTS } = waqai;
  const ON_PAGE = 100, WAIT = 150;
  const COLUMNS = [["when", "when"], ["what", "what"], ["where", "where"], ["", "figures"], ["grade", "grade"], ["reports", "reports"]];
  const browse = document.getElementById("browse"), panel = document.getElementById("facets"), head = document.getElementById("head"), found = document.getElementById("found");
  const plain = found.cloneNode(true);
  let drawnOnce = false, timer = 0, turn = 0;

  const KEYS = {
    when: (row) => row[TO] || "", what: waqai.what, where: (row) => facets.countries[row[COUNTRY]][0] && `${facets.countries[row[COUNTRY]][1]} ${row[WHERE]}`, grade: (row) => String(row[GRADE]), reports: (row) => row[REPORTS],
  };

  function ordered(rows, sort) {
    const key = KEYS[sort.replace("-", "")];
    if (!key || sort === "-when") return rows; // as they come: newest first
    const sign = sort.startsWith("-") ? -1 : 1;
    return rows.map((row, n) => [key(row), n, row]).sort(([a, i], [b, j]) => (a === "" ? 1 : b === "" ? -1 : a < b ? -sign : a > b ? sign : i - j)).map(([, , row]) => row);
  }

  function change(said) {
    clearTimeout(timer); // words that are being typed are taken along
    const choice = { ...waqai.read(), page: 1, words: panel.querySelector("input[name=words]").value, ...said };
    history.replaceState(null, "", `#${waqai.write(choice)}`);
    return show();
  }

  // -- the panel

  function buildPanel() {
    clearTimeout(timer);
    const choice = waqai.read();
    const words = make("input", { type: "search", name: "words", placeholder: "words", "aria-label": "Words of titles, quoted words, places, publishers", value: choice.words });
    words.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => change({}), WAIT); });
    const days = make("div", { class: "days" });
    for (const [name, label] of [["since", "from"], ["until", "to"]]) {
      const input = make("input", { type: "date", id: name, name, value: choice[name] });
      input.addEventListener("change", () => change({ [name]: input.value }));
      days.append(make("label", { for: name }, label), input);
    }
    const dates = make("fieldset", {}, make("legend", {}, "Days"), days);
    const lists = CHOICES.map(([name, list]) => {
      const labels = facets[list].map(([value, label, n]) => {
        const box = make("input", { type: "checkbox", name, value });
        box.checked = choice[name].includes(value);
        box.addEventListener("change", () => change({ [name]: [...panel.querySelectorAll(`input[name="${name}"]:checked`)].map((one) => one.value) }));
        return make("label", {}, box, make("bdi", {}, label), make("span", { class: "count" }, n.toLocaleString("en")));
      });
      return make("fieldset", {}, make("legend", {}, { type: "Type", country: "Country", grade: "Grade" }[name]), make("div", { class: "choices" }, ...labels));
    });
    const away = make("p", {}, make("a", { href: `${waqai.root}map.html`, id: "on-map" }, "on the map"), " · ", make("a", { href: `${waqai.root}timeline.html`, id: "on-time" }, "on the timeline"));
    const wide = matchMedia("(min-width: 56.01rem)"), fold = make("details", { open: wide.matches || waqai.isNarrow(choice) || panel.querySelector("details")?.open === true }, make("summary", {}, "Search and narrow down"), words, dates, ...lists, away);
    wide.addEventListener("change", () => { if (wide.matches) fold.open = true; });
    panel.replaceChildren(fold);
    panel.hidden = false;
    browse.classList.add("with");
  }

  function countPanel(rows, texts, choice) {
    for (const [name, list, at] of CHOICES) {
      const passes = waqai.tester(choice, texts, name), counts = new Array(facets[list].length).fill(0);
      rows.forEach((row, n) => { if (passes(row, n)) counts[row[at]] += 1; });
      panel.querySelectorAll(`input[name="${name}"]`).forEach((box, n) => {
        const label = box.closest("label");
        label.querySelector(".count").textContent = counts[n].toLocaleString("en");
        label.classList.toggle("none", !counts[n]);
      });
    }
    const said = waqai.write({ ...choice, sort: "", page: 1 });
    for (const [id, page] of [["on-map", "map.html"], ["on-time", "timeline.html"]]) document.getElementById(id).href = `${waqai.root}${page}${said ? `#${said}` : ""}`;
  }

  // -- the list

  async function show() {
    const mine = ++turn, choice = waqai.read();
    const needed = waqai.isNarrow(choice) || choice.sort || choice.page > 1;
    if (needed && !drawnOnce) head.textContent = "Loading …";
    let rows, texts;
    try {
      rows = await waqai.allRows();
      texts = choice.words.trim() ? await waqai.allWords() : null;
    } catch (error) {
      head.textContent = `Part of the site is missing: ${error.message}`;
      return;
    }
    if (mine !== turn) return;
    const passes = waqai.tester(choice, texts), shown = ordered(rows.filter(passes), choice.sort);
    countPanel(rows, texts, choice);
    if (!needed && !drawnOnce) { plain.querySelectorAll("thead th").forEach(addSort); found.querySelectorAll("thead th").forEach(addSort); return; }
    drawnOnce = true;
    head.textContent = shown.length === facets.total ? `${facets.total.toLocaleString("en")} incident${facets.total === 1 ? "" : "s"}` : `${shown.length.toLocaleString("en")} of ${facets.total.toLocaleString("en")} incidents`;
    draw(shown, choice);
  }

  function addSort(cell, n) {
    const [key, label] = COLUMNS[n];
    if (!key) return;
    const now = waqai.read().sort || "-when", on = now.replace("-", "") === key;
    if (on) cell.setAttribute("aria-sort", now.startsWith("-") ? "descending" : "ascending");
    const button = make("button", { class: "sort", type: "button" }, label);
    button.addEventListener("click", () => {
      const first = key === "when" || key === "reports" ? `-${key}` : key, other = first.startsWith("-") ? key : `-${key}`;
      change({ sort: on && now === first ? other : first });
    });
    cell.replaceChildren(button);
  }

  function draw(shown, choice) {
    if (!shown.length) return found.replaceChildren(make("p", {}, "No incident passes. ", make("a", { href: "#" }, "Show all")));
    const pages = Math.ceil(shown.length / ON_PAGE), page = Math.min(Math.max(choice.page, 1), pages), first = (page - 1) * ON_PAGE;
    const part = shown.slice(first, first + ON_PAGE);
    const heads = COLUMNS.map(([, label]) => make("th", { scope: "col" }, label));
    const table = make("table", { class: "list" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...part.map(line)));
    const go = (to, label) => make("a", { href: `#${waqai.write({ ...choice, page: to })}` }, label);
    const nav = make("nav", { class: "pages", "aria-label": "Pages of the list" }, make("span", { class: "dim" }, `${(first + 1).toLocaleString("en")}–${(first + part.length).toLocaleString("en")}`));
    if (page > 1) nav.append(go(page - 1, "Before"));
    if (page < pages) nav.append(go(page + 1, "Next"), go(pages, "Last"));
    const place = [...found.querySelectorAll(".sort")].indexOf(document.activeElement); // the head is drawn anew: who stands on it stays there
    found.replaceChildren(make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of incidents" }, table), nav);
    heads.forEach(addSort);
    found.querySelectorAll(".sort")[place]?.focus();
  }

  function line(row) {
    const grade = facets.grades[row[GRADE]][0];
    return make("tr", {},
      make("td", { class: "day" }, waqai.days(row)), make("td", {}, make("a", { href: waqai.page(row) }, waqai.what(row))), make("td", {}, make("bdi", {}, row[WHERE])),
      make("td", { class: "sums-of" }, row[SUMS]), make("td", {}, make("span", { class: `grade g-${grade}` }, grade)), make("td", { class: "number" }, String(row[REPORTS])));
  }

  buildPanel();
  show().then(() => { document.documentElement.dataset.ready = ""; });
  addEventListener("hashchange", () => { drawnOnce = true; buildPanel(); show(); scrollTo(0, 0); });
})();
