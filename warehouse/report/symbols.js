"use strict";
// The places on the map. ECharts draws what lies below them and moves it; its own symbols take seconds to draw 10,000 places,
// so each look is painted once here and stamped wherever it is needed: large places first, so that none hides a small one.

const MANY = 1500; // places beyond which symbols are small until the map comes closer
const FEW = 60; // places up to which even small ones carry a letter
const LETTERED = 12.5; // pixels from which a symbol carries its letter
const NAMED = 40; // names that are tried at first, those of cities before those of villages; more of them as the map comes closer
const LARGEST = 8;
const MAJOR = ["city", "town"];
const NEUTRAL = "#8a8f96";

class Symbols {
  constructor(world, parent) {
    const { lat, lon, kind, population } = world.places;
    this.world = world;
    this.located = [...lat.keys()].filter((place) => lat[place] !== null && lon[place] !== null);
    const major = kind.map((one) => MAJOR.includes(one)), people = (place) => population[place] ?? 0;
    this.order = [...this.located].sort((a, b) => major[b] - major[a] || people(b) - people(a));
    const small = this.located.length <= FEW ? 13 : 11, factor = this.located.length > MANY ? 0.6 : 1;
    this.base = kind.map((_, place) => factor * (major[place] ? 15 + Math.min(8, 2.4 * Math.max(0, Math.log10(people(place) / 10000))) : small));
    this.x = new Float32Array(kind.length).fill(-99);
    this.y = new Float32Array(kind.length).fill(-99);
    const layer = (how) => parent.appendChild(el("canvas", { class: "symbols", "aria-hidden": "true" })).getContext("2d", how);
    [this.below, this.marks, this.names] = [layer(), layer({ willReadFrequently: true }), layer()];
    this.stamps = new Map();
  }

  dress(colours) {
    this.colours = colours;
  }

  // Takes the places to where `toPixel`, which has to be linear in longitude and in latitude, puts them; draws all anew.
  move(toPixel, near, width, height) {
    const { lat, lon } = this.world.places, [x0, y0] = toPixel([0, 0]), [x1, y1] = toPixel([1, 1]);
    for (const place of this.located) (this.x[place] = x0 + (x1 - x0) * lon[place]), (this.y[place] = y0 + (y1 - y0) * lat[place]);
    const scale = Math.min(this.located.length > MANY ? 2.6 : 1.7, Math.max(1, near ** 0.35));
    Object.assign(this, { near, scale, width, height, dpr: devicePixelRatio });
    for (const { canvas } of [this.below, this.marks, this.names]) (canvas.width = width * this.dpr), (canvas.height = height * this.dpr);
    this.picture = this.located.length > MANY ? this.marks.createImageData(this.marks.canvas.width, this.marks.canvas.height) : null;
    this.stamps.clear();
    this.stampOf = [];
    this.writeNames();
    if (this.current) this.draw();
  }

  isOutside(place) {
    return !(this.x[place] > -20 && this.x[place] < this.width + 20 && this.y[place] > -20 && this.y[place] < this.height + 20);
  }

  show(current, shown, faint) {
    Object.assign(this, { current, shown, faint });
    this.draw();
  }

  draw() {
    const { below, current, dpr, colours } = this, now = [[], []];
    below.setTransform(dpr, 0, 0, dpr, 0, 0);
    below.clearRect(0, 0, this.width, this.height);
    below.fillStyle = colours.border;
    for (const place of this.order) {
      const row = current[place];
      if (this.isOutside(place)) continue;
      if (row < 0) below.fillRect(this.x[place] - 2, this.y[place] - 2, 4, 4);
      else if (this.shown(row)) now[this.faint(row) ? 0 : 1].push(place);
    }
    if (this.picked !== undefined) {
      Object.assign(below, { globalAlpha: 0.4, fillStyle: colours.accent });
      below.beginPath();
      below.arc(this.x[this.picked], this.y[this.picked], 21, 0, 7);
      below.fill();
      below.globalAlpha = 1;
    }
    if (!this.picture) this.marks.clearRect(0, 0, this.marks.canvas.width, this.marks.canvas.height);
    const pixels = this.picture && new Uint32Array(this.picture.data.buffer).fill(0);
    now.forEach((places, isNew) => places.forEach((place) => {
      const stamp = this.stamp(current[place], Math.round(this.base[place] * this.scale), 1 - isNew);
      const left = Math.round(this.x[place] * dpr - stamp.image.width / 2), top = Math.round(this.y[place] * dpr - stamp.image.height / 2);
      if (pixels) this.print(pixels, stamp, left, top);
      else this.marks.drawImage(stamp.image, left, top);
    }));
    if (pixels) this.marks.putImageData(this.picture, 0, 0);
    this.seen = now.flat();
  }

  // Stamps by hand, since drawImage takes 30 ms for 10,000 of them: pixels that are more than half opaque are copied.
  print(pixels, stamp, left, top) {
    const { width, height } = this.picture, size = stamp.image.width;
    if (left < 0 || top < 0 || left + size > width || top + size > height) return;
    if (!stamp.at) {
      const all = new Uint32Array(stamp.image.getContext("2d").getImageData(0, 0, size, size).data.buffer), opaque = all.map((_, i) => i).filter((i) => all[i] >>> 31);
      stamp.at = opaque.map((i) => Math.floor(i / size) * width + (i % size));
      stamp.colours = opaque.map((i) => all[i]);
    }
    const { at, colours } = stamp, from = top * width + left;
    for (let i = 0; i < at.length; i++) pixels[from + at[i]] = colours[i];
  }

  // The look of a hold, painted when it is first needed.
  stamp(row, size, faint) {
    const known = this.stampOf[2 * row + faint];
    if (known) return known;
    const { holds } = this.world, parties = holds.status[row] === CONTESTED ? holds.sides[row] ?? [] : null;
    const key = `${holds.side[row]} ${holds.status[row]} ${holds.claimed[row]} ${parties} ${size} ${faint}`;
    if (!this.stamps.has(key)) this.stamps.set(key, this.painted(row, size, faint, parties));
    return (this.stampOf[2 * row + faint] = this.stamps.get(key));
  }

  painted(row, size, faint, parties) {
    const { holds, sides } = this.world, { ink, land } = this.colours, side = holds.side[row], half = size / 2 + (parties ? 12 : holds.status[row] === BESIEGED ? 6 : 3);
    const image = el("canvas", { width: Math.ceil(2 * half * this.dpr), height: Math.ceil(2 * half * this.dpr) }), brush = image.getContext("2d");
    const unknown = side < 0 && !parties, hollow = unknown || holds.claimed[row] === 1, colour = unknown ? NEUTRAL : parties ? ink : sides.colour[side];
    const shape = parties ? CROSS : unknown ? "circle" : sides.shape[side];
    brush.setTransform(this.dpr, 0, 0, this.dpr, image.width / 2, image.height / 2);
    if (holds.status[row] === BESIEGED) {
      Object.assign(brush, { strokeStyle: ink, lineWidth: size > 9 ? 2 : 1.2 });
      brush.setLineDash([4, 3]);
      brush.beginPath();
      brush.arc(0, 0, size / 2 + 4.5, 0, 7);
      brush.stroke();
      brush.setLineDash([]);
    }
    brush.save();
    brush.scale(size / 24, size / 24);
    brush.translate(-12, -12);
    const path = new Path2D(outline(shape));
    Object.assign(brush, { fillStyle: hollow ? land : colour, strokeStyle: hollow ? colour : parties ? land : ink, lineJoin: "round", lineWidth: ((hollow ? Math.max(1.5, size / 6) : 1) * 24) / size });
    brush.fill(path);
    brush.stroke(path);
    if (faint) Object.assign(brush, { globalAlpha: 0.55, fillStyle: land, strokeStyle: land }), brush.fill(path), brush.stroke(path);
    brush.restore();
    brush.globalAlpha = faint ? 0.6 : 1;
    const text = parties ? parties.map((party) => sides.letter[party]).join("/") : unknown ? "?" : sides.letter[side];
    if (size < LETTERED) return { image };
    Object.assign(brush, { font: `700 ${parties ? 10 : Math.min(13, Math.round(size * 0.68))}px sans-serif`, textAlign: "center", textBaseline: "middle", lineWidth: 2.5, strokeStyle: land, lineJoin: "round" });
    const below = parties ? size / 2 + 4 : shape === "triangle" ? size * 0.14 : 0.5;
    if (parties) brush.strokeText(text, 0, below);
    brush.fillStyle = hollow || parties || lightness(colour) > 0.55 ? (hollow || parties ? ink : "#111") : "#fff";
    brush.fillText(text, 0, below);
    return { image };
  }

  // Names beside the symbols, on the first side where they hide neither a large symbol nor another name.
  writeNames() {
    const { names, colours, dpr } = this, { name } = this.world.places, taken = [];
    const tried = this.order.filter((place) => !this.isOutside(place)).slice(0, Math.round(Math.min(500, NAMED * Math.max(1, this.near) ** 1.5)));
    names.setTransform(dpr, 0, 0, dpr, 0, 0);
    Object.assign(names, { font: "12px system-ui, sans-serif", textBaseline: "middle", lineWidth: 3, lineJoin: "round", strokeStyle: colours.land, fillStyle: colours.ink });
    for (const place of tried) {
      const r = (this.base[place] * this.scale) / 2;
      taken.push([this.x[place] - r, this.y[place] - r, this.x[place] + r, this.y[place] + r, place]);
    }
    for (const place of tried) {
      const w = names.measureText(name[place]).width, r = (this.base[place] * this.scale) / 2 + 4, [x, y] = [this.x[place], this.y[place]];
      const spots = [[x + r, y], [x - r - w, y], [x - w / 2, y + r + 5], [x - w / 2, y - r - 5], [x + r, y + 12], [x + r, y - 12], [x - r - w, y + 12], [x - r - w, y - 12]];
      const free = (boxes) => spots.find(([left, middle]) => left > 2 && left + w < this.width - 2 &&
        !boxes.some(([a, b, c, d, of]) => of !== place && left - 2 < c && left + w + 2 > a && middle - 7 < d && middle + 7 > b));
      // The largest are named even where that hides symbols, though no name.
      const spot = free(taken) ?? (tried.indexOf(place) < LARGEST ? free(taken.filter((box) => box.length === 4)) : undefined);
      if (!spot) continue;
      taken.push([spot[0], spot[1] - 7, spot[0] + w, spot[1] + 7]);
      names.strokeText(name[place], ...spot);
      names.fillText(name[place], ...spot);
    }
  }

  // The place that is shown nearest to a point, undefined where none is near.
  at(x, y) {
    let found, best = Infinity;
    for (const place of this.seen ?? []) {
      const away = Math.hypot(this.x[place] - x, this.y[place] - y);
      if (away <= best && away < Math.max(11, (this.base[place] * this.scale) / 2 + 3)) (best = away), (found = place);
    }
    return found;
  }
}
