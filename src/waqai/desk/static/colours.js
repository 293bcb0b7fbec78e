// A colour for each family, alike on map and timeline, in light and dark. Custody is warm, force is red and brown, the rest is cool.
const COLOURS = {
  custody_exit: "#d9822b", custody_entry: "#b8982f", custody_inside: "#c9608a",
  combat: "#b03a2e", remote_violence: "#7d4a3a", violence_on_civilians: "#8e2b52", security_ops: "#5d6d7e",
  unrest: "#8064a2", armed_group: "#66703a", diplomacy: "#3a78b0", policy_and_aid: "#3b9a9c", population: "#5a9367",
};
const SPARE = ["#6b8e23", "#4682b4", "#9c6b30", "#708090"];

export function colourOf(family) {
  if (COLOURS[family]) return COLOURS[family];
  let sum = 0;
  for (const char of family) sum += char.codePointAt(0);
  return SPARE[sum % SPARE.length];
}

// What a variable of the style sheet is here and now.
export const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
