// The outlines under every map: countries, finer ones and provinces where the view is close. All from this machine.
import { ink } from "./colours.js";

const CLOSE = 5;
const files = { coarse: "/static/vendor/world-atlas/countries-110m.json", fine: "/static/vendor/world-atlas/countries-50m.json", admin1: "/static/shapes/admin1.json" };
const loaded = {};

async function shapes(name) {
  loaded[name] ??= fetch(files[name]).then((answer) => (answer.ok ? answer.json() : null));
  const topology = await loaded[name];
  if (!topology) return null;
  return name === "admin1" ? bordersWithin(topology) : topojson.feature(topology, topology.objects.countries);
}

// The lines between two provinces of one country, each once; coasts and frontiers are the countries' to draw. The file holds an object for each country.
function bordersWithin(topology) {
  return Object.values(topology.objects).map((country) => topojson.mesh(topology, country, (one, other) => one !== other));
}

export function makeMap(element, options) {
  const inner = document.createElement("div");
  inner.className = "map-in";
  element.replaceChildren(inner);
  const map = L.map(inner, { preferCanvas: true, worldCopyJump: true, minZoom: 1, maxZoom: 14, attributionControl: true, zoomSnap: 0.5, ...options });
  map.attributionControl.setPrefix("").addAttribution("Natural Earth");
  map.createPane("ground").style.zIndex = 200;
  const ground = L.canvas({ pane: "ground", padding: 0.5 });
  const layers = {};
  const style = () => ({
    coarse: { color: ink("line"), weight: 1, fillColor: ink("card"), fillOpacity: 1 },
    fine: { color: ink("dim"), weight: 1, fillColor: ink("card"), fillOpacity: 1 },
    admin1: { color: ink("line"), weight: 0.8, fill: false },
  });
  async function lay(name, wanted) {
    if (!wanted) {
      if (layers[name]) map.removeLayer(layers[name]);
      return;
    }
    if (!layers[name]) {
      const found = await shapes(name);
      if (!found) return;
      layers[name] = L.geoJSON(found, { style: style()[name], interactive: false, renderer: ground, pane: "ground" });
    }
    if (!map.hasLayer(layers[name])) layers[name].addTo(map);
    for (const one of ["coarse", "fine", "admin1"]) if (layers[one] && map.hasLayer(layers[one])) layers[one].bringToFront();
  }
  const draw = async () => {
    const close = map.getZoom() >= CLOSE;
    await lay(close ? "fine" : "coarse", true);
    await lay("admin1", close);
    if (layers.coarse && close) await lay("coarse", false);
    if (layers.fine && !close) await lay("fine", false);
  };
  map.on("zoomend", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const [name, layer] of Object.entries(layers)) layer.setStyle(style()[name]);
  });
  map.whenReady(draw);
  return map;
}
