// A secret that is shown once: selected when it is gone to, copied by a button.
const field = document.getElementById("secret");
const button = document.querySelector(".secret .copy");

function copy() {
  field.select();
  return navigator.clipboard ? navigator.clipboard.writeText(field.value) : Promise.resolve(document.execCommand("copy"));
}

if (field) {
  field.addEventListener("focus", () => field.select());
  button.hidden = false;
  button.addEventListener("click", () => copy().catch(() => field.focus()));
}
