"use strict";
// The map: outlines below, places above on a canvas of their own, so that a day's change redraws places only.

const MANY = 1500; // places beyond which symbols are drawn small, without letters
const NAMED = 40; // places whose names are tried at first, cities before villages; more of them as the map comes closer
const MAJOR = ["city", "town"]; // drawn large, below the others, so that none hides a small one
const FEW = 60; // places up to which all carry letters
const CLOSE = 2.2; // zoom from which small symbols carry letters, too

class PlaceMap {
  constructor(element, world, onPick) {
    this.world = world;
    this.element = element;
    const { lat, lon, population } = world.places;
    this.located = [...lat.keys()].filter((place) => lat[place] !== null && lon[place] !== null);
    this.many = this.located.length > MANY;
    this.few = this.located.length <= FEW;
    this.major = world.places.kind.map((kind) => (MAJOR.includes(kind) ? 1 : 0));
    this.byWeight = [...this.located].sort((a, b) => this.major[b] - this.major[a] || (population[b] ?? 0) - (population[a] ?? 0));
    this.near = 1;
    echarts.registerMap("theatre", { type: "FeatureCollection", features: this.features() });
    this.chart = echarts.init(element, null, { renderer: "canvas" });
    this.chart.on("click", (event) => {
      const place = this.members[event.seriesIndex]?.[event.dataIndex];
      if (place !== undefined) onPick(place);
    });
    // The wheel scrolls the page; with Ctrl (or a pinch, which browsers report so) it zooms.
    element.addEventListener("wheel", (event) => event.ctrlKey || event.stopImmediatePropagation(), { capture: true });
    this.chart.on("georoam", () => this.rescale());
    new ResizeObserver(() => this.chart.resize()).observe(element);
  }

  features() {
    const { outlines } = this.world;
    const named = (feature, kind, i) => ({ ...feature, properties: { kind, title: feature.properties.name, name: `${kind} ${i}` } });
    // Borders once more on top, so that provinces and rivers do not hide them.
    const borders = outlines.filter((feature) => feature.properties.kind === "country").map((feature, i) => named(feature, "border", i));
    if (outlines.length) return [...outlines.map((feature, i) => named(feature, feature.properties.kind, i)), ...borders];
    const [[west, south], [east, north]] = this.box();
    const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    return [{ type: "Feature", properties: { kind: "country", name: "country 0" }, geometry: { type: "Polygon", coordinates: [ring] } }];
  }

  box() {
    const { lat, lon } = this.world.places;
    let [west, east, south, north] = [180, -180, 90, -90];
    for (const place of this.located) {
      west = Math.min(west, lon[place]), east = Math.max(east, lon[place]);
      south = Math.min(south, lat[place]), north = Math.max(north, lat[place]);
    }
    if (west > east) return [[-10, -10], [10, 10]];
    const pad = Math.max(0.25, 0.06 * Math.max(east - west, north - south));
    return [[west - pad, south - pad], [east + pad, north + pad]];
  }

  // The parts that do not change with the day; called again when the colours of the page change.
  dress(colours) {
    const { places, sides } = this.world, [low, high] = this.box();
    this.colours = colours;
    const style = {
      country: { areaColor: colours.land, borderWidth: 0 },
      border: { areaColor: "transparent", borderColor: colours.border, borderWidth: 1.5 },
      admin1: { areaColor: "transparent", borderColor: colours.line, borderWidth: 0.8, borderType: [4, 3] },
      river: { borderColor: colours.water, borderWidth: 1.4, areaColor: "transparent" },
      lake: { areaColor: colours.sea, borderColor: colours.water, borderWidth: 0.6 },
    };
    this.series = this.layers();
    const names = { id: "names", type: "scatter", coordinateSystem: "geo", symbolSize: 1, silent: true, z: 9, zlevel: 2, itemStyle: { color: "transparent" }, labelLayout: { hideOverlap: true },
      label: { show: true, position: "right", distance: 10, color: colours.ink, fontSize: 12, textBorderColor: colours.land, textBorderWidth: 3, formatter: (at) => plain(places.name[this.named[at.dataIndex]]) } };
    const picked = { id: "picked", type: "scatter", coordinateSystem: "geo", symbol: "circle", symbolSize: 40, silent: true, z: 2, zlevel: 1, itemStyle: { color: colours.accent, opacity: 0.35 }, data: this.halo };
    this.chart.setOption({
      animation: false,
      tooltip: { renderMode: "richText", confine: true, backgroundColor: colours.card, borderColor: colours.border, textStyle: { color: colours.ink },
        formatter: (at) => this.tip(at) },
      geo: { map: "theatre", roam: true, scaleLimit: { min: 0.7, max: 60 }, boundingCoords: [[low[0], high[1]], [high[0], low[1]]],
        aspectScale: Math.cos(((low[1] + high[1]) / 2) * Math.PI / 180), layoutCenter: ["50%", "50%"], silent: true, z: 0,
        regions: echarts.getMap("theatre").geoJSON.features.map((f) => ({ name: f.properties.name, itemStyle: style[f.properties.kind],
          label: { show: f.properties.kind === "country", formatter: () => spaced(f.properties.title), color: colours.soft, fontSize: 11, opacity: 0.75 } })),
        left: 8, right: 8, top: 8, bottom: 8 },
      series: [...this.series.map((layer) => this.drawn(layer)), picked, names],
    }, true);
    this.near = 0;
    this.rescale();
  }

  // A layer for each look that a place can have, large and small; only those that occur at all.
  layers() {
    const { holds } = this.world, looks = new Map();
    for (let row = 0; row < holds.n; row++)
      for (const faint of [0, 1]) {
        const key = this.look(row, faint);
        if (!looks.has(key)) looks.set(key, { key, side: holds.side[row], status: holds.status[row], claimed: holds.claimed[row], major: this.major[holds.place[row]], faint });
      }
    return [...looks.values(), { key: -1, ring: true, major: 0 }, { key: -2, ring: true, major: 1 }, { key: -3, dot: true }];
  }

  look(row, faint) {
    const { side, status, claimed, place } = this.world.holds;
    return 2 * (side[row] < 0 ? 1000 + 2 * status[row] + faint : 4 * side[row] + 2 * claimed[row] + faint) + this.major[place[row]];
  }

  size(place) {
    return (this.major[place] ? 15 + Math.min(8, 2.4 * Math.max(0, Math.log10((this.world.places.population[place] ?? 0) / 10000))) : this.few ? 13 : 11) * this.scale;
  }

  drawn(layer) {
    const { sides } = this.world, { ink, land } = this.colours, many = this.many;
    const base = { id: `look ${layer.key}`, type: "scatter", coordinateSystem: "geo", zlevel: 1, z: 3 + 2 * (layer.faint ? 0 : 1) + (layer.major ? 0 : 1), large: many, largeThreshold: 0, progressive: 0,
      dimensions: ["lon", "lat"], data: positions([]), emphasis: { disabled: many, scale: 1.3 }, cursor: "pointer" };
    const size = (more, few) => (many ? few : (_, at) => this.size(this.members?.[at.seriesIndex]?.[at.dataIndex]) + more);
    if (layer.dot) return { ...base, z: 1, symbol: "circle", symbolSize: many ? 4 : 5, itemStyle: { color: this.colours.border } };
    if (layer.ring)
      return { ...base, z: 5, silent: true, symbol: "circle", symbolSize: size(11, 11), itemStyle: { color: "transparent", borderColor: ink, borderWidth: many ? 1 : 2, borderType: many ? "solid" : [4, 3] } };
    const contested = layer.side < 0 && layer.status === CONTESTED, unknown = layer.side < 0 && !contested;
    const colour = contested ? ink : unknown ? "#8a8f96" : sides.colour[layer.side], hollow = unknown || layer.claimed === 1;
    const letter = contested ? null : unknown ? "?" : sides.letter[layer.side];
    return { ...base, symbol: contested ? CROSS : unknown ? "circle" : sides.shape[layer.side], symbolSize: size(0, 6),
      itemStyle: { color: hollow ? land : colour, borderColor: hollow ? colour : contested ? land : ink, borderWidth: hollow ? (many ? 1.5 : layer.major ? 3 : 2) : 0.8, opacity: layer.faint ? 0.45 : 1 },
      label: { show: !many, position: contested ? "bottom" : layer.side >= 0 && sides.shape[layer.side] === "triangle" ? ["50%", "58%"] : "inside", align: "center", verticalAlign: contested ? "top" : "middle", distance: 1, fontSize: 10, fontWeight: 700,
        opacity: layer.faint ? 0.75 : 1, textBorderWidth: contested ? 2 : 0, textBorderColor: land, color: hollow || contested ? ink : lightness(colour) > 0.55 ? "#111" : "#fff",
        formatter: (at) => (layer.major || this.few || this.near >= CLOSE ? letter ?? this.parties(at) : "") } };
  }

  // Closer, symbols grow a little, small ones get their letters, and more names are tried.
  rescale() {
    const near = this.chart.getOption().geo[0].zoom ?? 1;
    if (near === this.near) return;
    this.near = near;
    this.scale = Math.min(1.7, Math.max(1, near ** 0.3));
    this.named = this.byWeight.slice(0, Math.round(Math.min(400, NAMED * Math.max(1, near) ** 1.5)));
    const { lon, lat } = this.world.places;
    this.chart.setOption({ series: [{ id: "names", data: this.named.map((place) => [lon[place], lat[place]]) }] }, { silent: true });
    if (this.last && !this.many) this.show(...this.last);
  }

  parties(at) {
    const row = this.current[this.members[at.seriesIndex][at.dataIndex]];
    return (this.world.holds.sides[row] ?? []).map((side) => this.world.sides.letter[side]).join("/");
  }

  tip(at) {
    const place = this.members[at.seriesIndex]?.[at.dataIndex];
    if (place === undefined) return "";
    const { places } = this.world;
    return plain(`${places.name[place]} (${kindWords(places.kind[place])})\n${capital(holdWords(this.world, this.current[place]))}`);
  }

  // Puts the holds of a day on the map; `shown` tells which rows to leave out, `faint` which are old news.
  show(current, shown, faint) {
    this.last = [current, shown, faint];
    const { lon, lat } = this.world.places, { status } = this.world.holds;
    const points = new Map(this.series.map((layer) => [layer.key, [[], []]]));
    const put = ([coordinates, members], place) => (coordinates.push(lon[place], lat[place]), members.push(place));
    for (const place of this.located) {
      const row = current[place];
      if (row < 0) put(points.get(-3), place);
      if (row < 0 || !shown(row)) continue;
      put(points.get(this.look(row, faint(row) ? 1 : 0)), place);
      if (status[row] === BESIEGED) put(points.get(this.major[place] ? -2 : -1), place);
    }
    this.current = current;
    this.members = this.series.map((layer) => points.get(layer.key)[1]);
    this.chart.setOption({ series: this.series.map((layer) => ({ id: `look ${layer.key}`, data: positions(points.get(layer.key)[0]) })) }, { lazyUpdate: false, silent: true });
  }

  zoom(by) {
    const now = this.chart.getOption().geo[0];
    this.chart.setOption({ geo: by ? { zoom: Math.min(60, Math.max(0.7, (now.zoom ?? 1) * by)) } : { zoom: 1, center: null } });
    this.rescale();
  }

  // Puts a halo on a place, or on none where it is undefined, and into the middle what a closer map would leave outside.
  pick(place) {
    const { lon, lat } = this.world.places, known = place !== undefined && lon[place] !== null;
    this.halo = known ? [[lon[place], lat[place]]] : [];
    this.chart.setOption({ series: [{ id: "picked", data: this.halo }], ...(known && this.near > 1.2 ? { geo: { center: this.halo[0] } } : {}) }, { silent: true });
  }
}

// ECharts cannot draw a large series without any point: an empty one gets a point that is nowhere.
const positions = (coordinates) => Float32Array.from(coordinates.length ? coordinates : [NaN, NaN]);

const spaced = (name) => [...(name ?? "").toUpperCase()].join("\u200a");

// Text for a canvas: braces there would be style codes.
const plain = (text) => text.replaceAll("{", "(").replaceAll("}", ")");
