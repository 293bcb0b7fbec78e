// Counts by week or month that answer the pointer: the picture that came with the page is replaced by one in which each column says its numbers.

const figure = document.getElementById("counts");
const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function draw() {
  const { by, days, surely, maybe, low, high } = JSON.parse(figure.dataset.counts);
  const words = JSON.parse(figure.dataset.words);
  const seconds = days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000), width = by === "week" ? 604800 : 2592000;
  const bars = (stroke, fill) => ({ stroke, fill, width: 1, points: { show: false }, paths: uPlot.paths.bars({ size: [0.8, 40, 1], align: 1 }) });
  const bound = { stroke: ink("dim"), width: 1, dash: [3, 3], points: { show: false }, value: (_plot, value) => (value === null ? "–" : value.toFixed(1)) };
  figure.replaceChildren();
  figure.classList.add("live");
  const plot = new uPlot(
    {
      width: Math.max(figure.parentElement.clientWidth - 24, 280),
      height: 260,
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "UTC"),
      fmtDate: () => (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}${by === "week" ? `-${String(date.getDate()).padStart(2, "0")}` : ""}`,
      cursor: { y: false, drag: { x: true, y: false } },
      scales: { x: { range: (_plot, from, to) => [from, to + width] }, y: { range: (_plot, _low, top) => [0, Math.max(top, 1)] } },
      axes: [
        { stroke: ink("dim"), grid: { show: false }, ticks: { stroke: ink("line") } },
        { stroke: ink("dim"), grid: { stroke: ink("line") }, ticks: { show: false }, size: 44 },
      ],
      series: [
        { label: by },
        { label: words[1], ...bars("#8fb6d0", "#cfe3f1"), value: (_plot, _value, _series, at) => (at === null ? "" : maybe[at]) },
        { label: words[0], ...bars("#0072b2", "#56b4e9") },
        { label: words[2], ...bound },
        { label: words[3], ...bound },
      ],
    },
    [seconds, surely.map((n, at) => n + maybe[at]), surely, low, high],
    figure,
  );
  addEventListener("resize", () => plot.setSize({ width: Math.max(figure.parentElement.clientWidth - 24, 280), height: 260 }));
}

if (figure && globalThis.uPlot) draw();
