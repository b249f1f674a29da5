"use strict";
// The columns that the page carries, and who is believed to hold what on a day. Days are counted from 1970-01-01.

const FOREVER = 2932896; // 9999-12-31
const HELD = 0, CONTESTED = 1, BESIEGED = 2, UNKNOWN = 3;
const OPENS = 0, CONFIRMS = 1, CONTRADICTS = 2;

async function unpacked(id) {
  const text = atob(document.getElementById(id).textContent), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

const integers = (column) => Int32Array.from(column, (value) => value ?? -1);

class Holds {
  // One row a hold as believed from known_from to known_to; evidence lies in a run of rows for each hold.
  constructor(holds, evidence, nPlaces, carriedAfter) {
    for (const name of ["place", "side", "status", "claimed", "confidence", "valid_from", "valid_to", "known_from", "known_to"])
      this[name] = integers(holds[name]);
    this.sides = holds.sides;
    this.besiegers = holds.besiegers;
    this.n = this.place.length;
    this.nPlaces = nPlaces;
    this.carriedAfter = carriedAfter;
    this.evidence = Object.fromEntries(["hold", "claim", "role", "told", "published"].map((name) => [name, integers(evidence[name])]));
    this.evidenceFrom = new Int32Array(this.n + 1);
    for (const hold of this.evidence.hold) this.evidenceFrom[hold + 1]++;
    for (let row = 0; row < this.n; row++) this.evidenceFrom[row + 1] += this.evidenceFrom[row];
  }

  // The rows that count under a knowledge, each with the days [from, to) on which it does. Knowledge is "all", the last day
  // of publication that counts, or "then": on each day what had been published up to that day.
  spans(known) {
    const rows = [], from = [], to = [];
    for (let row = 0; row < this.n; row++) {
      let a = this.valid_from[row], b = this.valid_to[row];
      if (known === "then") {
        a = Math.max(a, this.known_from[row]);
        b = Math.min(b, this.known_to[row]);
      } else if (known === "all" ? this.known_to[row] !== FOREVER : this.known_from[row] > known || this.known_to[row] <= known) continue;
      if (a < b) rows.push(row), from.push(a), to.push(b);
    }
    const order = Int32Array.from(rows.keys()).sort((i, j) => this.place[rows[i]] - this.place[rows[j]] || from[i] - from[j]);
    return { known, rows: order.map((i) => rows[i]), from: order.map((i) => from[i]), to: order.map((i) => to[i]) };
  }

  // The row of each place on a day, -1 where nothing is told.
  on(day, spans) {
    const found = new Int32Array(this.nPlaces).fill(-1);
    for (let i = 0; i < spans.rows.length; i++)
      if (spans.from[i] <= day && day < spans.to[i]) found[this.place[spans.rows[i]]] = spans.rows[i];
    return found;
  }

  // Whether nothing was heard of a hold for so long on that day that it is carried forward (rule R7).
  isCarried(row, day, known) {
    const last = known === "all" ? FOREVER : known === "then" ? day : known;
    const { role, told, published } = this.evidence;
    let heard = -FOREVER;
    for (let i = this.evidenceFrom[row]; i < this.evidenceFrom[row + 1]; i++)
      if (published[i] <= last && role[i] !== CONTRADICTS && told[i] > heard) heard = told[i];
    if (heard === -FOREVER) return false;
    heard = Math.min(Math.max(heard, this.valid_from[row]), this.valid_to[row] - 1);
    return day - heard > this.carriedAfter;
  }

  // Each time that a place passed from one side to another: the row of the new holder, the old side, the day.
  changes(spans) {
    const row = [], loser = [], day = [];
    let place = -1, holder = -1;
    for (let i = 0; i < spans.rows.length; i++) {
      const current = spans.rows[i], side = this.side[current];
      if (this.place[current] !== place) (place = this.place[current]), (holder = -1);
      if (side < 0) continue;
      if (holder >= 0 && holder !== side) row.push(current), loser.push(holder), day.push(spans.from[i]);
      holder = side;
    }
    return { row: Int32Array.from(row), loser: Int32Array.from(loser), day: Int32Array.from(day) };
  }

  // What each side holds from day to day, weighed by place: days on which anything changes, and a column a side; the last
  // column is what is contested or nobody's.
  totals(spans, first, last, weight, nSides) {
    const span = last - first + 1, steps = Array.from({ length: nSides + 1 }, () => new Float64Array(span + 1));
    const moves = new Uint8Array(span + 1);
    for (let i = 0; i < spans.rows.length; i++) {
      const a = Math.max(spans.from[i] - first, 0), b = Math.min(spans.to[i] - first, span);
      if (a >= b) continue;
      const column = steps[this.side[spans.rows[i]] < 0 ? nSides : this.side[spans.rows[i]]], w = weight[this.place[spans.rows[i]]];
      (column[a] += w), (column[b] -= w), (moves[a] = moves[b] = 1);
    }
    moves[0] = moves[span - 1] = 1;
    const days = [], columns = steps.map(() => []), sums = new Float64Array(nSides + 1);
    for (let i = 0; i < span; i++) {
      for (let side = 0; side <= nSides; side++) sums[side] += steps[side][i];
      if (moves[i]) days.push(first + i), columns.forEach((column, side) => column.push(sums[side]));
    }
    return { days, columns };
  }
}
