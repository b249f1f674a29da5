"use strict";
// The map: ECharts draws the outlines and moves them, symbols.js puts the places upon them.

class PlaceMap {
  constructor(element, world, onPick) {
    Object.assign(this, { world, element, onPick });
    this.symbols = new Symbols(world, element.parentElement);
    this.tip = element.parentElement.appendChild(el("div", { class: "tip", hidden: true }));
    echarts.registerMap("theatre", { type: "FeatureCollection", features: this.features() });
    this.chart = echarts.init(element, null, { renderer: "canvas" });
    this.chart.on("georoam", () => this.follow());
    // The wheel scrolls the page; with Ctrl (or a pinch, which browsers report so) it zooms.
    element.addEventListener("wheel", (event) => event.ctrlKey || event.stopImmediatePropagation(), { capture: true });
    element.addEventListener("pointerdown", (event) => (this.pressed = [event.offsetX, event.offsetY]));
    element.addEventListener("click", (event) => this.click(event));
    element.addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.hover(event));
    element.addEventListener("pointerleave", () => (this.tip.hidden = true));
    new ResizeObserver(() => (this.chart.resize(), this.follow())).observe(element);
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
    for (const place of this.symbols.located) {
      west = Math.min(west, lon[place]), east = Math.max(east, lon[place]);
      south = Math.min(south, lat[place]), north = Math.max(north, lat[place]);
    }
    if (west > east) return [[-10, -10], [10, 10]];
    const pad = Math.max(0.25, 0.06 * Math.max(east - west, north - south));
    return [[west - pad, south - pad], [east + pad, north + pad]];
  }

  // Draws all in these colours; called again when the colours of the page change.
  dress(colours) {
    const [low, high] = this.box();
    const style = {
      country: { areaColor: colours.land, borderWidth: 0 },
      border: { areaColor: "transparent", borderColor: colours.border, borderWidth: 1.5 },
      admin1: { areaColor: "transparent", borderColor: colours.line, borderWidth: 0.8, borderType: [4, 3] },
      river: { borderColor: colours.water, borderWidth: 1.4, areaColor: "transparent" },
      lake: { areaColor: colours.sea, borderColor: colours.water, borderWidth: 0.6 },
    };
    this.chart.setOption({
      animation: false,
      geo: { map: "theatre", roam: this.roam(1), scaleLimit: { min: 0.7, max: 60 }, boundingCoords: [[low[0], high[1]], [high[0], low[1]]],
        aspectScale: Math.cos(((low[1] + high[1]) / 2) * Math.PI / 180), preserveAspect: "contain", silent: true,
        regions: echarts.getMap("theatre").geoJSON.features.map((f) => ({ name: f.properties.name, itemStyle: style[f.properties.kind],
          label: { show: f.properties.kind === "country", formatter: () => spaced(f.properties.title), color: colours.soft, fontSize: 11, opacity: 0.75 } })),
        left: 8, right: 8, top: 8, bottom: 8 },
    }, true);
    this.symbols.dress(colours);
    this.follow();
  }

  // A finger moves the page until the map is closer than at first.
  roam(near) {
    return matchMedia("(pointer: coarse)").matches && near < 1.1 ? "scale" : true;
  }

  follow() {
    const near = this.chart.getOption()?.geo?.[0].zoom ?? 1;
    if (!this.symbols.colours) return;
    this.symbols.move((at) => this.chart.convertToPixel("geo", at), near, this.chart.getWidth(), this.chart.getHeight());
    this.tip.hidden = true;
  }

  // Puts the holds of a day on the map; `shown` tells which rows to leave out, `faint` which are old news.
  show(current, shown, faint) {
    this.symbols.show(current, shown, faint);
  }

  click(event) {
    const place = this.symbols.at(event.offsetX, event.offsetY), [x, y] = this.pressed ?? [0, 0];
    if (place !== undefined && Math.hypot(event.offsetX - x, event.offsetY - y) < 5) this.onPick(place);
  }

  hover(event) {
    const place = event.buttons ? undefined : this.symbols.at(event.offsetX, event.offsetY), { places } = this.world;
    this.tip.hidden = place === undefined;
    this.element.classList.toggle("over", place !== undefined);
    if (place === undefined) return;
    this.tip.textContent = `${places.name[place]} (${kindWords(places.kind[place])})\n${capital(holdWords(this.world, this.symbols.current[place]))}`;
    const right = event.offsetX > this.chart.getWidth() / 2, { style } = this.tip;
    Object.assign(style, { top: `${event.offsetY + 14}px`, left: right ? "auto" : `${event.offsetX + 12}px`, right: right ? `${this.chart.getWidth() - event.offsetX + 12}px` : "auto" });
  }

  zoom(by) {
    const near = by ? Math.min(60, Math.max(0.7, (this.chart.getOption().geo[0].zoom ?? 1) * by)) : 1;
    this.chart.setOption({ geo: { zoom: near, roam: this.roam(near), ...(by ? {} : { center: null }) } });
    this.follow();
  }

  // Puts a halo on a place, or on none where it is undefined, and into the middle what a closer map might leave outside.
  pick(place) {
    const { lon, lat } = this.world.places, known = place !== undefined && lon[place] !== null;
    this.symbols.picked = known ? place : undefined;
    if (known && this.symbols.near > 1.2) this.chart.setOption({ geo: { center: [lon[place], lat[place]] } });
    this.follow();
  }
}

const spaced = (name) => [...(name ?? "").toUpperCase()].join("\u200a");

// Text for a canvas of ECharts: braces there would be style codes.
const plain = (text) => text.replaceAll("{", "(").replaceAll("}", ")");
