"use strict";
// Days, numbers and certainty in words, and elements made of text only: nothing that a report says ever becomes markup.

const DAY = 86400000;
const inWords = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
const dayWords = (day) => inWords.format(day * DAY);
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const dayOf = (text) => (/^\d{4}-\d\d-\d\d$/.test(text ?? "") && !isNaN(Date.parse(text)) ? Date.parse(text) / DAY : null);
const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
const listed = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const kindWords = (kind) => (kind ?? "place").replaceAll("_", " ");

function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const fill = (element, ...children) => element.replaceChildren(...children.filter((child) => child !== null));

// A colour for every side and a shape and letter beside it, so that none rests on its colour alone.
const SHAPES = ["circle", "rect", "triangle", "diamond", "path://M12 1L23 9L19 22L5 22L1 9Z", "path://M7 2L17 2L23 12L17 22L7 22L1 12Z", "path://M1 2L23 2L12 23Z"];
const DRAWN = { circle: "M12 1A11 11 0 1 1 11.9 1Z", rect: "M2 2H22V22H2Z", triangle: "M12 1L23 22H1Z", diamond: "M12 0L24 12L12 24L0 12Z" };
const CROSS = "path://M5 1L12 8L19 1L23 5L16 12L23 19L19 23L12 16L5 23L1 19L8 12L1 5Z";
const outline = (shape) => DRAWN[shape] ?? shape.replace("path://", "");

function lightness(colour) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255);
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

function sign({ shape, colour, letter, hollow, ring, faint }) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const add = (tag, attributes, text) => {
    const part = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    if (text) part.textContent = text;
    svg.append(part);
  };
  svg.setAttribute("class", "sign");
  svg.setAttribute("viewBox", ring ? "-7 -7 38 38" : "-1 -1 26 26");
  svg.setAttribute("aria-hidden", "true");
  add("path", { d: outline(shape), fill: hollow ? "none" : colour, stroke: hollow ? colour : "currentColor", "stroke-width": hollow ? 4 : 1.5, opacity: faint ? 0.4 : 1 });
  if (ring) add("circle", { cx: 12, cy: 12, r: 17, fill: "none", stroke: "currentColor", "stroke-width": 2.5, "stroke-dasharray": "5 4" });
  const ink = hollow ? "currentColor" : lightness(colour) > 0.55 ? "#111" : "#fff";
  if (letter) add("text", { x: 12, y: shape === "triangle" ? 19 : 17, "text-anchor": "middle", "font-size": 14, "font-weight": 700, fill: ink }, letter);
  return svg;
}

// The holds of the page in words. `world` is what page.js has put together.
const sideName = (world, side) => (side < 0 ? "nobody knows who" : world.sides.name[side]);
const sideNames = (world, sides) => listed((sides ?? []).map((side) => (world.sides.id[side] === "unknown" ? "forces that nobody names" : sideName(world, side))));

function holdWords(world, row) {
  const { holds } = world;
  if (row < 0) return "no report tells who held it";
  if (holds.status[row] === CONTESTED) return `contested between ${sideNames(world, holds.sides[row])}`;
  if (holds.status[row] === UNKNOWN) return "left by its holder, and nothing tells who came";
  const besieged = holds.status[row] === BESIEGED ? `, besieged by ${sideNames(world, holds.besiegers[row])}` : "";
  return `held by ${sideName(world, holds.side[row])}${besieged}`;
}

function signOf(world, row, faint) {
  const { holds, sides } = world;
  if (row < 0 || holds.status[row] === UNKNOWN) return sign({ shape: "circle", colour: "#8a8f96", letter: "?", hollow: true, faint });
  if (holds.status[row] === CONTESTED) return sign({ shape: CROSS, colour: "#8a8f96", faint });
  const side = holds.side[row];
  return sign({ shape: sides.shape[side], colour: sides.colour[side], letter: sides.letter[side], hollow: holds.claimed[row] === 1, ring: holds.status[row] === BESIEGED, faint });
}

// Reasons carry the codes of sides; people read names.
function reasonWords(world, reason) {
  return capital(reason.replace(/\b[a-z_]+\b/g, (word) => world.sideNamed.get(word) ?? word).replace(/\b\d{4}-\d\d-\d\d\b/g, (day) => dayWords(dayOf(day))));
}
