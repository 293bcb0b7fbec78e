// Which key does what: as shipped, or as this browser's person put it. Kept in this browser only.
const KEPT = "waqai keys";
const dialog = () => document.getElementById("keys");
const inputs = () => [...(dialog()?.querySelectorAll("input.key") ?? [])];

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

// [act, key] of every act of this page.
export function keyNames() {
  const own = kept();
  return inputs().map((input) => [input.name, own[input.name] ?? input.dataset.default]);
}

export function nameOf(event) {
  const key = event.key.length === 1 && !event.ctrlKey && !event.metaKey ? event.key : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return (event.ctrlKey || event.metaKey ? "Control+" : "") + (event.altKey ? "Alt+" : "") + key;
}

// The act of the key that was pressed, if it has one.
export function pressed(event) {
  const name = nameOf(event);
  return keyNames().find(([, key]) => key === name)?.[0];
}

export function openKeys() {
  for (const [name, key] of keyNames()) dialog().querySelector(`[name="${name}"]`).value = key;
  dialog().showModal();
}

document.addEventListener("keydown", (event) => {
  const input = event.target.closest?.("dialog input.key");
  if (!input || ["Tab", "Escape", "Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  event.preventDefault();
  const name = nameOf(event);
  for (const other of inputs()) if (other !== input && other.value === name) other.value = input.value; // the two trade places
  input.value = name;
});

document.addEventListener(
  "close",
  (event) => {
    if (event.target !== dialog()) return;
    if (dialog().returnValue === "reset") localStorage.removeItem(KEPT);
    if (dialog().returnValue === "save") localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(inputs().map((input) => [input.name, input.value]))));
    dialog().returnValue = "";
  },
  true, // it does not bubble
);
