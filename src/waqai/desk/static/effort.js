// How long a person looks at an account and how many keys and clicks it takes, until they say something of it. Pauses over a minute count as a minute.
const IDLE_MS = 60_000;
let account = null;
let spent = { ms: 0, keys: 0, clicks: 0 };
let last = 0;

export function startEffort(name) {
  if (name === account) return;
  account = name;
  spent = { ms: 0, keys: 0, clicks: 0 };
  last = performance.now();
}

export function effortOf(name) {
  if (name !== account) return "";
  tick();
  return JSON.stringify({ seconds: Math.round(spent.ms / 100) / 10, keys: spent.keys, clicks: spent.clicks });
}

// One more key, where it was pressed before its account was there.
export function countKey() {
  spent.keys++;
}

function tick() {
  const now = performance.now();
  if (!document.hidden) spent.ms += Math.min(now - last, IDLE_MS);
  last = now;
}

document.addEventListener("keydown", (event) => (tick(), event.repeat || spent.keys++), true);
document.addEventListener("pointerdown", () => (tick(), spent.clicks++), true);
document.addEventListener("pointermove", tick, { passive: true });
document.addEventListener("visibilitychange", tick);
