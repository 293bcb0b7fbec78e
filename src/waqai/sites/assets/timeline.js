// The timeline: incidents by day, week, month or year, a colour for each family; days that are dragged over are listed.
(function () {
  "use strict";
  const { ink, FROM } = waqai;
  const DAY = 86400, MOST_BARS = 160;
  const UNITS = [["day", DAY], ["week", 7 * DAY], ["month", 30.4 * DAY], ["year", 365.25 * DAY]];
  const element = document.getElementById("timeline");
  let plot = null;

  function startOf(day, unit) {
    if (unit === "day") return day;
    if (unit === "month") return `${day.slice(0, 7)}-01`;
    if (unit === "year") return `${day.slice(0, 4)}-01-01`;
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
    return date.toISOString().slice(0, 10);
  }
  function after(day, unit) {
    const date = new Date(`${day}T00:00:00Z`);
    if (unit === "month") date.setUTCMonth(date.getUTCMonth() + 1);
    else if (unit === "year") date.setUTCFullYear(date.getUTCFullYear() + 1);
    else date.setUTCDate(date.getUTCDate() + (unit === "day" ? 1 : 7));
    return date.toISOString().slice(0, 10);
  }
  const seconds = (day) => Date.parse(`${day}T00:00:00Z`) / 1000;

  function count(rows) {
    const days = rows.map((row) => row[FROM]).sort(), [first, last] = [days[0], days.at(-1)];
    const [unit, width] = UNITS.find(([, width]) => (seconds(last) - seconds(first)) / width <= MOST_BARS) ?? UNITS.at(-1);
    const starts = [];
    for (let day = startOf(first, unit); day <= last; day = after(day, unit)) starts.push(day);
    const at = new Map(starts.map((day, n) => [day, n])), families = [...new Set(rows.map(waqai.family))].sort((a, b) => a - b);
    const counts = new Map(families.map((family) => [family, new Array(starts.length).fill(0)]));
    for (const row of rows) counts.get(waqai.family(row))[at.get(startOf(row[FROM], unit))] += 1;
    return { unit, width, starts, families, counts: families.map((family) => counts.get(family)) };
  }

  // Each family on top of those below it, the tallest drawn first.
  function stack(counts) {
    const tops = [];
    let below = null;
    for (const one of [...counts].reverse()) {
      below = one.map((n, at) => n + (below ? below[at] : 0));
      tops.unshift(below);
    }
    return tops;
  }

  function choose(self) {
    if (self.select.width < 4) return;
    const day = (pixel) => new Date(self.posToVal(pixel, "x") * 1000).toISOString().slice(0, 10);
    const choice = { ...waqai.read(), since: day(self.select.left), until: day(self.select.left + self.select.width), page: 1 };
    location.href = `${waqai.root}incidents.html#${waqai.write(choice)}`;
  }

  async function show() {
    const rows = await waqai.chosen(), dated = rows.filter((row) => row[FROM]);
    waqai.say(document.getElementById("chosen"), rows.length);
    plot?.destroy();
    plot = null;
    element.replaceChildren();
    element.hidden = false;
    if (!dated.length) return;
    const told = count(dated), tops = stack(told.counts), days = told.starts.map(seconds);
    const series = told.families.map((family) => ({ label: waqai.facets.families[family][0], fill: waqai.colour(family), stroke: waqai.colour(family), width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.85, 40, 1], align: 1 }) }));
    const axis = { stroke: ink("dim"), font: "12px system-ui, sans-serif" };
    plot = new uPlot({
      width: element.clientWidth, height: 260, tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "UTC"), legend: { show: false },
      cursor: { y: false, drag: { x: true, y: false, setScale: false } },
      scales: { x: { range: [days[0] - told.width / 2, days.at(-1) + told.width * 1.5] }, y: { range: (_plot, _low, high) => [0, Math.max(high, 1)] } },
      axes: [{ ...axis, grid: { show: false }, ticks: { stroke: ink("line") } }, { ...axis, grid: { stroke: ink("line"), width: 1 }, ticks: { show: false }, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] }],
      series: [{}, ...series], hooks: { setSelect: [choose] },
    }, [days, ...tops], element);
    waqai.legend(document.getElementById("families"), new Set(told.families));
    document.getElementById("hint").hidden = false;
    element.setAttribute("aria-label", `${dated.length.toLocaleString("en")} incidents by ${told.unit}, ${told.starts[0]} to ${told.starts.at(-1)}`);
  }

  addEventListener("resize", () => plot?.setSize({ width: element.clientWidth, height: 260 }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  addEventListener("hashchange", show);
  show().then(() => { document.documentElement.dataset.ready = ""; });
})();
