// Files of data are scripts, as a page that was opened from a folder may not fetch: each says `waqai.put(name, value)`, and `waqai.get(path, name)` brings it.
(function () {
  "use strict";
  const root = document.currentScript.getAttribute("src").replace(/assets\/load\.js$/, "");
  const held = new Map();
  const asked = new Map();

  function get(path, name) {
    if (held.has(name)) return Promise.resolve(held.get(name));
    if (!asked.has(name)) {
      asked.set(name, new Promise((found, failed) => {
        const script = document.createElement("script");
        script.src = root + path;
        script.addEventListener("load", () => found(held.get(name)));
        script.addEventListener("error", () => failed(new Error(`${path} is not there`)));
        document.head.append(script);
      }));
    }
    return asked.get(name);
  }

  window.waqai = { root, get, put: (name, value) => held.set(name, value), held: (name) => held.get(name) };
})();
