// The map of one incident: where it is put, each with its radius of doubt.
import { ink } from "./colours.js";
import { makeMap } from "./shapes.js";

const drawn = new WeakSet();

function draw() {
  const element = document.getElementById("map");
  if (!element || drawn.has(element)) return;
  drawn.add(element);
  const places = JSON.parse(element.dataset.places);
  const map = makeMap(element, { center: [places[0].lat, places[0].lon], zoom: 6, scrollWheelZoom: false });
  const accent = ink("accent");
  places.forEach((place, n) => {
    const at = [place.lat, place.lon];
    if (place.radius_km) L.circle(at, { radius: place.radius_km * 1000, color: accent, weight: 1, dashArray: n ? "4 4" : null, fillOpacity: n ? 0.04 : 0.12 }).addTo(map);
    const dot = L.circleMarker(at, { radius: n ? 4 : 6, color: ink("card"), weight: 1.5, fillColor: accent, fillOpacity: n ? 0.6 : 1 }).addTo(map);
    const name = document.createElement("span"); // not a string: Leaflet would take that for HTML
    name.textContent = place.name;
    dot.bindTooltip(name);
  });
}

document.addEventListener("htmx:after:swap", draw);
draw();
