/* A map beside a table: a point leads to its row, and each row that has a point to the map. Leaflet is loaded before. */

const L = window.L;
const part = document.getElementById("map");
const words = part.dataset;
const points = new Map();
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
let opener = null;

const say = (text, n) => {
  document.getElementById("map-status").textContent = text.replace("{n}", n?.toLocaleString("ja"));
};

const popup = ({ row, name, outside }) => {
  const told = document.createElement("div");
  const title = document.createElement("p");
  title.textContent = name || words.nameless;
  const link = document.createElement("a");
  link.textContent = words.row;
  // A row of another page of the table is asked for.
  link.href = document.getElementById(`row-${row}`) ? `#row-${row}` : `?row=${row}#row-${row}`;
  if (outside) {
    const doubt = document.createElement("p");
    doubt.textContent = words.outside;
    told.append(doubt);
  }
  told.prepend(title);
  told.append(link);
  return told;
};

const openPoint = (row, from) => {
  opener = from;
  part.scrollIntoView({ behavior: still ? "auto" : "smooth" });
  points.get(row).openPopup();
  points.get(row).getPopup().getElement().querySelector("p + a").focus({ preventScroll: true });
};

const offer = ({ row, name }) => {
  const place = document.querySelector(`#row-${row} > :is(th, td)`);
  if (!place) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "map-button no-print";
  button.textContent = words.open;
  button.setAttribute("aria-label", `${words.open}：${name || words.nameless}`);
  button.addEventListener("click", () => openPoint(row, button));
  place.append(button);
};

const begin = () => {
  const map = L.map("map-place", {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    zoomAnimation: !still,
    fadeAnimation: false,
    markerZoomAnimation: !still,
    maxZoom: 18,
  });
  L.control.zoom({ zoomInTitle: words.nearer, zoomOutTitle: words.farther }).addTo(map);
  map.on("popupopen", ({ popup: opened }) => {
    opened.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", words.close);
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    map.closePopup();
    opener?.focus();
    opener = null;
  });
  if (words.tiles) L.tileLayer(words.tiles, { maxZoom: 18 }).addTo(map);
  return map;
};

const draw = (found) => {
  const map = begin();
  const outline = L.geoJSON(found.outline, { className: "map__outline", weight: 2, interactive: false });
  const layer = L.geoJSON(found.features, {
    pointToLayer: ({ properties }, place) => {
      const className = properties.outside ? "map__point map__point--outside" : "map__point";
      const point = L.circleMarker(place, { className, radius: 8, weight: 2, fillOpacity: 0.9 });
      points.set(properties.row, point.bindPopup(() => popup(properties)));
      return point;
    },
  });
  // Where nothing lies below, the outline is what tells where one is.
  const seen = L.latLngBounds(layer.getBounds());
  if (!words.tiles && outline.getLayers().length) seen.extend(outline.getBounds());
  map.fitBounds(seen, { maxZoom: 16, padding: [24, 24], animate: false });
  outline.addTo(map);
  layer.addTo(map);
  for (const { properties } of found.features) offer(properties);
};

const show = async () => {
  try {
    const answer = await fetch(words.places);
    if (!answer.ok) throw new Error(answer.status);
    const found = await answer.json();
    part.hidden = false;
    const count = found.features.length;
    if (!count) document.getElementById("map-place").hidden = true;
    else draw(found);
    const shown = [
      found.more ? words.more : words.shown,
      found.outline.coordinates.length ? words.outline : "",
      found.features.some(({ properties }) => properties.outside) ? words.rings : "",
    ].join("");
    say(count ? shown : words.none, count);
  } catch (problem) {
    part.hidden = false;
    document.getElementById("map-place").hidden = true;
    say(words.lost);
  }
};

if (L) show();
