"use strict";
// The map: outlines below, places above on a canvas of their own, so that a day's change redraws places only.

const MANY = 1500; // places beyond which symbols are drawn small, without letters
const NAMED = 90; // places that get their names written, the most populous first

class PlaceMap {
  constructor(element, world, onPick) {
    this.world = world;
    this.element = element;
    const { lat, lon, population } = world.places;
    this.located = [...lat.keys()].filter((place) => lat[place] !== null && lon[place] !== null);
    this.many = this.located.length > MANY;
    this.byPopulation = [...this.located].sort((a, b) => (population[b] ?? 0) - (population[a] ?? 0)).slice(0, NAMED);
    echarts.registerMap("theatre", { type: "FeatureCollection", features: this.features() });
    this.chart = echarts.init(element, null, { renderer: "canvas" });
    this.chart.on("click", (event) => event.seriesIndex !== undefined && this.members[event.seriesIndex] && onPick(this.members[event.seriesIndex][event.dataIndex]));
    // The wheel scrolls the page; with Ctrl (or a pinch, which browsers report so) it zooms.
    element.addEventListener("wheel", (event) => event.ctrlKey || event.stopImmediatePropagation(), { capture: true });
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
    this.series = this.layers(sides);
    this.chart.setOption({
      animation: false,
      tooltip: { renderMode: "richText", confine: true, backgroundColor: colours.card, borderColor: colours.border, textStyle: { color: colours.ink },
        formatter: (at) => this.tip(at) },
      geo: { map: "theatre", roam: true, scaleLimit: { min: 0.7, max: 60 }, boundingCoords: [[low[0], high[1]], [high[0], low[1]]],
        aspectScale: Math.cos(((low[1] + high[1]) / 2) * Math.PI / 180), layoutCenter: ["50%", "50%"], silent: true, z: 0,
        regions: echarts.getMap("theatre").geoJSON.features.map((f) => ({ name: f.properties.name, itemStyle: style[f.properties.kind],
          label: { show: f.properties.kind === "country", formatter: () => spaced(f.properties.title), color: colours.soft, fontSize: 11, opacity: 0.75 } })),
        left: 8, right: 8, top: 8, bottom: 8 },
      series: [
        ...this.series.map((layer) => this.drawn(layer)),
        { id: "names", type: "scatter", coordinateSystem: "geo", symbolSize: 1, silent: true, z: 9, zlevel: 2, itemStyle: { color: "transparent" },
          data: this.byPopulation.map((place) => [places.lon[place], places.lat[place]]), labelLayout: { hideOverlap: true },
          label: { show: true, position: "right", distance: 10, color: colours.ink, fontSize: 11, textBorderColor: colours.land, textBorderWidth: 3,
            formatter: (at) => plain(places.name[this.byPopulation[at.dataIndex]]) } },
      ],
    }, true);
  }

  // A layer for each look that a place can have; only those that occur at all.
  layers(sides) {
    const { holds } = this.world, looks = new Map();
    for (let row = 0; row < holds.n; row++)
      for (const faint of [0, 1]) {
        const key = this.look(row, faint);
        if (!looks.has(key)) looks.set(key, { key, side: holds.side[row], status: holds.status[row], claimed: holds.claimed[row], faint });
      }
    return [...[...looks.values()].sort((a, b) => b.faint - a.faint), { key: -1, ring: true }];
  }

  look(row, faint) {
    const { side, status, claimed } = this.world.holds;
    return side[row] < 0 ? 1000 + 2 * status[row] + faint : 4 * side[row] + 2 * claimed[row] + faint;
  }

  drawn(layer) {
    const { sides, places } = this.world, { ink, land } = this.colours, many = this.many;
    const base = { id: `look ${layer.key}`, type: "scatter", coordinateSystem: "geo", zlevel: 1, large: many, largeThreshold: 0, progressive: 0,
      dimensions: ["lon", "lat"], data: new Float32Array(0), emphasis: { disabled: many, scale: 1.3 }, cursor: "pointer" };
    if (layer.ring)
      return { ...base, z: 3, silent: true, symbol: "circle", symbolSize: many ? 11 : 27, itemStyle: { color: "transparent", borderColor: ink, borderWidth: many ? 1 : 2, borderType: many ? "solid" : [4, 3] } };
    const contested = layer.side < 0 && layer.status === CONTESTED, unknown = layer.side < 0 && !contested;
    const colour = contested ? ink : unknown ? "#8a8f96" : sides.colour[layer.side], hollow = unknown || layer.claimed === 1;
    const letter = contested ? null : unknown ? "?" : sides.letter[layer.side];
    return { ...base, z: layer.faint ? 4 : 5,
      symbol: contested ? CROSS : unknown ? "circle" : sides.shape[layer.side],
      symbolSize: many ? 6 : (_, at) => 14 + 1.2 * Math.max(0, Math.log10((places.population[this.members?.[at.seriesIndex]?.[at.dataIndex]] ?? 1000) / 1000)) * 2,
      itemStyle: { color: hollow ? land : colour, borderColor: hollow ? colour : contested ? land : ink, borderWidth: hollow ? (many ? 1.5 : 3) : 0.8, opacity: layer.faint ? 0.45 : 1 },
      label: { show: !many, position: contested ? "bottom" : "inside", distance: 1, fontSize: 10, fontWeight: 700, opacity: layer.faint ? 0.75 : 1, textBorderWidth: contested ? 2 : 0, textBorderColor: land,
        color: hollow || contested ? ink : lightness(colour) > 0.55 ? "#111" : "#fff",
        formatter: (at) => letter ?? this.parties(at) } };
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
    const { lon, lat } = this.world.places, { status } = this.world.holds;
    const points = new Map(this.series.map((layer) => [layer.key, [[], []]]));
    const put = ([coordinates, members], place) => (coordinates.push(lon[place], lat[place]), members.push(place));
    for (const place of this.located) {
      const row = current[place];
      if (row < 0 || !shown(row)) continue;
      put(points.get(this.look(row, faint(row) ? 1 : 0)), place);
      if (status[row] === BESIEGED) put(points.get(-1), place);
    }
    this.current = current;
    this.members = this.series.map((layer) => points.get(layer.key)[1]);
    this.chart.setOption({ series: this.series.map((layer) => ({ id: `look ${layer.key}`, data: Float32Array.from(points.get(layer.key)[0]) })) }, { lazyUpdate: false, silent: true });
  }

  zoom(by) {
    const now = this.chart.getOption().geo[0];
    this.chart.setOption({ geo: by ? { zoom: Math.min(60, Math.max(0.7, (now.zoom ?? 1) * by)) } : { zoom: 1, center: null } });
  }

  centre(place) {
    const { lon, lat } = this.world.places, now = this.chart.getOption().geo[0];
    if (lon[place] !== null && (now.zoom ?? 1) > 1.2) this.chart.setOption({ geo: { center: [lon[place], lat[place]] } });
  }
}

const spaced = (name) => [...(name ?? "").toUpperCase()].join("\u200a");

// Text for a canvas: braces there would be style codes.
const plain = (text) => text.replaceAll("{", "(").replaceAll("}", ")");
