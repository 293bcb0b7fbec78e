// The map: outlines from the site's own files, incidents that meet as one mark with their number. No tiles, no other machine.
(function () {
  "use strict";
  const { make, ink, LAT, LON, RADIUS } = waqai;
  const CLOSE = 5, SQUARE = 46, MOST_LISTED = 100;
  const element = document.getElementById("map");
  const layers = {};

  async function outlines(name) {
    const topology = await waqai.get(`assets/shapes/${name}.js`, name);
    if (name !== "provinces") return whole(topojson.feature(topology, topology.objects.countries));
    return Object.values(topology.objects).map((country) => topojson.mesh(topology, country, (one, other) => one !== other)); // borders within a country, each once
  }

  // A ring that crosses the date line goes on beyond it, and is laid on the other side once more: else a flat map has bands across all of it.
  function whole(countries) {
    const features = countries.features.map((country) => {
      const polygons = country.geometry.type === "Polygon" ? [country.geometry.coordinates] : country.geometry.coordinates;
      return { ...country, geometry: { type: "MultiPolygon", coordinates: polygons.flatMap(onBothSides) } };
    });
    return { ...countries, features };
  }
  function onBothSides(polygon) {
    const rings = polygon.map(unroll), east = Math.max(...rings[0].map(([lon]) => lon)), west = Math.min(...rings[0].map(([lon]) => lon));
    const moved = (by) => rings.map((ring) => ring.map(([lon, lat]) => [lon + by, lat]));
    return east > 180.5 ? [rings, moved(-360)] : west < -180.5 ? [rings, moved(360)] : [rings];
  }
  function unroll(ring) {
    let turn = 0;
    return ring.map(([lon, lat], n) => {
      const step = n ? lon - ring[n - 1][0] : 0;
      if (Math.abs(step) > 180 && Math.abs(lat) < 80) turn += step > 0 ? -360 : 360;
      return [lon + turn, lat];
    });
  }

  const style = () => ({
    coarse: { color: ink("line"), weight: 1, fillColor: ink("card"), fillOpacity: 1 },
    fine: { color: ink("dim"), weight: 1, fillColor: ink("card"), fillOpacity: 1 },
    provinces: { color: ink("line"), weight: 0.8, fill: false },
  });

  element.hidden = false;
  const inner = make("div", { class: "map-in" });
  element.append(inner);
  const map = L.map(inner, { preferCanvas: true, worldCopyJump: true, minZoom: 1, maxZoom: 12, zoomSnap: 0.5, center: [25, 25], zoom: 2 });
  map.attributionControl.setPrefix("").addAttribution("Natural Earth");
  map.createPane("ground").style.zIndex = 200;
  const ground = L.canvas({ pane: "ground", padding: 0.5 });
  const marks = L.layerGroup().addTo(map);

  async function lay(name, wanted) {
    if (!wanted) return layers[name] && map.removeLayer(layers[name]);
    layers[name] ??= L.geoJSON(await outlines(name), { style: style()[name], interactive: false, renderer: ground, pane: "ground" });
    if (!map.hasLayer(layers[name])) layers[name].addTo(map);
    for (const one of ["coarse", "fine", "provinces"]) if (layers[one] && map.hasLayer(layers[one])) layers[one].bringToFront();
  }
  async function drawGround() {
    const close = map.getZoom() >= CLOSE;
    await lay(close ? "fine" : "coarse", true);
    await lay("provinces", close);
    await lay(close ? "coarse" : "fine", false);
  }

  let shown = [];
  function drawMarks() {
    marks.clearLayers();
    const view = map.getBounds().pad(0.1), squares = new Map();
    for (const row of shown) {
      if (!view.contains([row[LAT], row[LON]])) continue;
      const at = map.project([row[LAT], row[LON]]), key = `${Math.floor(at.x / SQUARE)} ${Math.floor(at.y / SQUARE)}`;
      if (squares.has(key)) squares.get(key).push(row);
      else squares.set(key, [row]);
    }
    for (const members of apart([...squares.values()])) members.length === 1 ? drawOne(members[0]) : drawSeveral(members);
  }

  const radiusOf = (many) => (many === 1 ? 6 : 9 + 4 * Math.log10(many));
  const middleOf = (members) => [LAT, LON].map((at) => members.reduce((sum, row) => sum + row[at], 0) / members.length);

  // Marks that would lie on each other are one, the largest first.
  function apart(groups) {
    const kept = [];
    for (const members of groups.sort((a, b) => b.length - a.length)) {
      const at = map.project(middleOf(members));
      const near = kept.find((other) => at.distanceTo(other.at) < 0.85 * (radiusOf(members.length) + radiusOf(other.members.length)));
      if (near) near.members.push(...members);
      else kept.push({ at, members: [...members] });
    }
    return kept.map((one) => one.members);
  }

  function link(row) {
    return make("a", { href: waqai.page(row) }, `${waqai.what(row)}, ${waqai.days(row)}`);
  }

  function drawOne(row) {
    const colour = waqai.colour(waqai.family(row)), at = [row[LAT], row[LON]];
    if (row[RADIUS]) L.circle(at, { radius: row[RADIUS] * 1000, color: colour, weight: 1, fillOpacity: 0.1, interactive: false }).addTo(marks);
    L.circleMarker(at, { radius: 6, color: ink("card"), weight: 1.5, fillColor: colour, fillOpacity: 1 }).addTo(marks).bindPopup(make("div", {}, link(row), make("br", {}), make("bdi", {}, row[waqai.WHERE])));
  }

  function drawSeveral(members) {
    const counts = new Map();
    for (const row of members) counts.set(waqai.family(row), (counts.get(waqai.family(row)) || 0) + 1);
    const most = [...counts].sort(([a, n], [b, m]) => m - n || a - b)[0][0];
    const circle = L.circleMarker(middleOf(members), { radius: radiusOf(members.length), color: ink("card"), weight: 2, fillColor: waqai.colour(most), fillOpacity: 0.9 }).addTo(marks);
    circle.bindTooltip(members.length.toLocaleString("en"), { permanent: true, direction: "center", className: "count-in" });
    const together = L.latLngBounds(members.map((row) => [row[LAT], row[LON]]));
    const oneSpot = together.getNorth() - together.getSouth() < 0.02 && together.getEast() - together.getWest() < 0.02;
    if (!oneSpot && map.getZoom() < map.getMaxZoom()) return circle.on("click", () => map.fitBounds(together.pad(0.3), { maxZoom: Math.max(map.getZoom() + 2, 7) }));
    const items = members.slice(0, MOST_LISTED).map((row) => make("li", {}, link(row)));
    if (members.length > MOST_LISTED) items.push(make("li", {}, `and ${members.length - MOST_LISTED} more`));
    circle.bindPopup(make("ul", {}, ...items));
  }

  async function show() {
    const rows = await waqai.chosen();
    shown = rows.filter((row) => row[LAT] !== null && row[LON] !== null);
    waqai.say(document.getElementById("chosen"), rows.length);
    const without = rows.length - shown.length;
    document.getElementById("without").textContent = without ? `${without.toLocaleString("en")} of them ha${without === 1 ? "s" : "ve"} no point on the map.` : "";
    waqai.legend(document.getElementById("families"), new Set(shown.map(waqai.family)));
    if (shown.length) map.fitBounds(L.latLngBounds(shown.map((row) => [row[LAT], row[LON]])).pad(0.15), { maxZoom: 6, animate: false });
    drawMarks();
  }

  map.on("zoomend", drawGround);
  map.on("moveend", drawMarks);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const [name, layer] of Object.entries(layers)) layer.setStyle(style()[name]);
    drawMarks();
  });
  addEventListener("hashchange", show);
  Promise.all([drawGround(), show()]).then(() => { document.documentElement.dataset.ready = ""; });
})();
