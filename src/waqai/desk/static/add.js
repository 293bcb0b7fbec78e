// Files that are dropped on the page go into the form; more than the desk takes is said before it is sent.
const drop = document.getElementById("drop");
const files = document.getElementById("files");
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
document.addEventListener("dragleave", () => drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
});
files.form.addEventListener("submit", (event) => {
  const size = [...files.files].reduce((sum, file) => sum + file.size, 0);
  document.getElementById("too-much").hidden = size <= Number(drop.dataset.most);
  if (size > Number(drop.dataset.most)) event.preventDefault();
});
