// Map and timeline of the list: both ask for what the address asks for, and write what a person chooses on them into the address.
import { colourOf, ink } from "./colours.js";
import { makeMap } from "./shapes.js";

let map = null;
let marks = null;
let plot = null;
const drawn = new WeakSet();

async function ask(address, more = {}) {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  const answer = await fetch(url, { headers: { accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}

// -- map

function drawMap() {
  const element = document.getElementById("map");
  if (!element || drawn.has(element)) return;
  drawn.add(element);
  map = makeMap(element, { center: [25, 25], zoom: 2 });
  marks = L.layerGroup().addTo(map);
  map.on("moveend", () => drawMarks(element));
  fit(element);
}

async function fit(element) {
  const world = await ask(element.dataset.from, { west: -180, south: -85, east: 180, north: 85, zoom: 3 });
  if (!world) return;
  const points = world.marks.map((mark) => [mark.lat, mark.lon]);
  if (points.length) map.fitBounds(L.latLngBounds(points).pad(0.15), { maxZoom: 6, animate: false });
  else drawMarks(element);
}

async function drawMarks(element) {
  const view = map.getBounds();
  const corners = { west: view.getWest(), south: Math.max(view.getSouth(), -90), east: view.getEast(), north: Math.min(view.getNorth(), 90) };
  const found = await ask(element.dataset.from, { ...corners, zoom: Math.round(map.getZoom()) });
  if (!found || element !== document.getElementById("map")) return;
  marks.clearLayers();
  for (const mark of found.marks) mark.incident ? drawOne(mark) : drawCluster(mark);
  const said = document.getElementById("without");
  if (said) said.textContent = found.without_point ? said.dataset.words.replace("{n}", found.without_point.toLocaleString()) : "";
}

function drawOne(mark) {
  const colour = colourOf(mark.family);
  if (mark.radius_km) L.circle([mark.lat, mark.lon], { radius: mark.radius_km * 1000, color: colour, weight: 1, fillOpacity: 0.1, interactive: false }).addTo(marks);
  const dot = L.circleMarker([mark.lat, mark.lon], { radius: 6, color: ink("card"), weight: 1.5, fillColor: colour, fillOpacity: 1 }).addTo(marks);
  const link = document.createElement("a");
  link.href = `/incidents/${encodeURIComponent(mark.incident)}`;
  link.textContent = `${mark.type.replaceAll("_", " ")}${mark.day ? `, ${mark.day}` : ""}`;
  dot.bindPopup(link);
}

function drawCluster(mark) {
  const radius = 9 + 4 * Math.log10(mark.count);
  const circle = L.circleMarker([mark.lat, mark.lon], { radius, color: ink("card"), weight: 2, fillColor: colourOf(mark.family), fillOpacity: 0.9 }).addTo(marks);
  circle.bindTooltip(mark.count.toLocaleString(), { permanent: true, direction: "center", className: "count-in" });
  circle.on("click", () => map.setView([mark.lat, mark.lon], map.getZoom() + 2));
}

// -- timeline

async function drawTimeline() {
  const element = document.getElementById("timeline");
  if (!element || drawn.has(element)) return;
  drawn.add(element);
  const told = await ask(element.dataset.from);
  if (!told || !told.starts.length) return element.classList.add("empty");
  const days = told.starts.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000);
  const families = Object.keys(told.counts);
  const tops = stack(families.map((family) => told.counts[family]));
  const width = { day: 86400, week: 604800, month: 2592000, year: 31536000 }[told.unit];
  plot?.destroy();
  plot = new uPlot(
    {
      width: element.clientWidth,
      height: 110,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
      legend: { show: false },
      cursor: { y: false, drag: { x: true, y: false, setScale: false } },
      scales: { x: { range: [days[0] - width / 2, days.at(-1) + width] }, y: { range: (_plot, _low, high) => [0, Math.max(high, 1)] } },
      axes: [
        { stroke: ink("dim"), grid: { show: false }, ticks: { stroke: ink("line") }, size: 28 },
        { stroke: ink("dim"), grid: { stroke: ink("line") }, ticks: { show: false }, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] },
      ],
      series: [
        {},
        ...families.map((family) => ({
          label: family,
          fill: colourOf(family),
          stroke: colourOf(family),
          width: 0,
          points: { show: false },
          paths: uPlot.paths.bars({ size: [0.85, 40, 1], align: 1 }),
        })),
      ],
      hooks: { setSelect: [(self) => choose(self, element)] },
    },
    [days, ...tops],
    element,
  );
  legend(element, families);
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

function choose(self, element) {
  if (self.select.width < 4) return;
  const day = (pixel) => new Date(self.posToVal(pixel, "x") * 1000).toISOString().slice(0, 10);
  const url = new URL(element.dataset.here, location.href);
  url.searchParams.set("since", day(self.select.left));
  url.searchParams.set("until", day(self.select.left + self.select.width));
  go(url);
}

function legend(element, families) {
  const list = document.createElement("ul");
  list.className = "families";
  for (const family of families) {
    const item = document.createElement("li");
    const dot = document.createElement("span");
    dot.style.background = colourOf(family);
    item.append(dot, family.replaceAll("_", " "));
    list.append(item);
  }
  element.append(list);
}

// To another filter as a link would lead there: only what is found is drawn anew.
function go(url) {
  const link = document.createElement("a");
  link.href = url.pathname + url.search;
  link.setAttribute("hx-boost", "select:#main target:#main swap:outerHTML");
  link.setAttribute("hx-push-url", "true");
  document.getElementById("found").append(link);
  htmx.process(link);
  link.click();
}

function arrive() {
  drawMap();
  drawTimeline();
}

addEventListener("resize", () => plot?.setSize({ width: document.getElementById("timeline")?.clientWidth ?? 600, height: 110 }));
document.addEventListener("change", (event) => event.target.closest?.(".order")?.requestSubmit());
document.addEventListener("htmx:after:swap", arrive);
arrive();
