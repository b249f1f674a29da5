"use strict";
// The charts over time. Each stands above the reports that were published meanwhile, and a click on it sets the day.

const PATTERNS = [
  { symbol: "none" },
  { symbol: "rect", symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { symbol: "circle", symbolSize: 0.7, dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0] },
  { symbol: "rect", symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  { symbol: "rect", symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [2, 4] },
  { symbol: "triangle", symbolSize: 0.8, dashArrayX: [[9, 9], [0, 9, 9, 0]], dashArrayY: [7, 2] },
  { symbol: "rect", symbolSize: 1, dashArrayX: [2, 5], dashArrayY: [1, 0] },
];
const pattern = (side) => ({ ...PATTERNS[side % PATTERNS.length], color: "rgba(255,255,255,0.45)" });
const CROSSED = { symbol: "diamond", symbolSize: 1, dashArrayX: [[5, 3], [3, 5]], dashArrayY: [5, 0], color: "rgba(0,0,0,0.35)" };

// Days, weeks or months from one day to another: what they are called, and the days on which they begin, with one more at the end.
function bucketsOf(first, last) {
  const unit = last - first < 60 ? "day" : last - first < 1100 ? "week" : "month", edges = [first];
  const next = (day) => (unit === "month" ? dayOf(iso(dayOf(`${iso(day).slice(0, 7)}-01`) + 31).slice(0, 8) + "01") : day + (unit === "week" ? 7 : 1));
  while (edges.at(-1) <= last) edges.push(Math.min(next(edges.at(-1)), last + 1));
  return { unit, edges };
}

// Sums per bucket, at the middle of it: [[ms, sum, first day, day after the last], ...], empty ones among them.
function bucketed(days, values, { edges }) {
  const sums = new Float64Array(edges.length - 1), at = new Int32Array(edges.at(-1) - edges[0]);
  sums.forEach((_, i) => at.fill(i, edges[i] - edges[0], edges[i + 1] - edges[0]));
  days.forEach((day, i) => day >= edges[0] && day < edges.at(-1) && (sums[at[day - edges[0]]] += values[i]));
  return [...sums].map((sum, i) => [((edges[i] + edges[i + 1]) / 2) * DAY, sum, edges[i], edges[i + 1]]);
}

class TimeChart {
  constructor(element, onDay) {
    this.chart = echarts.init(element, null, { renderer: "canvas" });
    this.cursor = el("div", { class: "cursor" });
    element.after(this.cursor);
    element.parentElement.classList.contains("canvas") || element.parentElement.classList.add("canvas");
    this.chart.getZr().on("click", (event) => {
      const at = this.chart.convertFromPixel({ xAxisIndex: 0 }, event.offsetX);
      if (Number.isFinite(at)) onDay(Math.floor(at / DAY));
    });
    new ResizeObserver(() => (this.chart.resize(), this.point(this.day))).observe(element);
  }

  // `upper` are series above, on the axis `yName` (none: they share a height of 1); below them what was published, bucketed.
  draw({ first, last, upper, yName, coverage, covered, colours, label }) {
    this.range = [first, last];
    const strip = !upper.length, width = this.chart.getWidth(), time = { type: "time", min: first * DAY, max: (last + 1) * DAY, axisLine: { lineStyle: { color: colours.border } }, splitLine: { show: false } };
    const value = { type: "value", minInterval: 1, splitNumber: 4, axisLabel: { color: colours.soft }, splitLine: { lineStyle: { color: colours.line } }, nameTextStyle: { color: colours.soft, align: "left" } };
    const silence = coverage.filter(([, sum]) => !sum).map(([, , from, to]) => [{ xAxis: from * DAY }, { xAxis: to * DAY }]), below = strip ? 0 : 1, sides = { left: yName || strip ? 44 : 8, right: 26 };
    // A legend does not push what stands below it, so its lines are counted here.
    const room = width - 20, ends = upper.reduce((x, series) => { const more = 40 + 7 * series.name.length; return (x % room) + more > room ? Math.ceil(x / room) * room + more : x + more; }, 0);
    const top = strip ? 16 : 28 * Math.ceil(ends / room) + (yName ? 22 : 2);
    this.top = top;
    this.chart.setOption({
      animation: false, useUTC: true, aria: { enabled: true, label: { description: label } },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colours.card, borderColor: colours.border, textStyle: { color: colours.ink, fontSize: 12 }, formatter: (parts) => this.tip(parts) },
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      legend: { show: !strip, data: upper.map((series) => series.name), selectedMode: false, left: sides.left - 6, top: 0, itemGap: 14, itemWidth: 24, itemHeight: 14, icon: "rect", textStyle: { color: colours.ink, fontSize: 12 } },
      grid: strip ? [{ ...sides, top, bottom: 20 }] : [{ ...sides, top, bottom: 100 }, { ...sides, height: 44, bottom: 22 }],
      xAxis: [
        ...(strip ? [] : [{ ...time, gridIndex: 0, axisLabel: { show: false }, axisTick: { show: false } }]),
        { ...time, gridIndex: below, axisLabel: { color: colours.soft, hideOverlap: true, formatter: { year: "{yyyy}", month: "{MMM}", day: "{d} {MMM}" } } },
      ],
      yAxis: [
        ...(strip ? [] : [{ ...value, gridIndex: 0, name: yName, ...(yName ? {} : { show: false, max: 1 }) }]),
        { ...value, gridIndex: below, name: covered, splitNumber: 1, nameGap: 6, ...(yName || strip ? {} : { axisLabel: { show: false } }) },
      ],
      series: [
        ...upper,
        { name: covered, type: "bar", xAxisIndex: below, yAxisIndex: below, data: coverage, barCategoryGap: "8%", itemStyle: { color: colours.soft },
          markArea: { silent: true, data: silence, itemStyle: { color: colours.silent, opacity: 0.3 } } },
      ],
    }, true);
    this.point(this.day);
  }

  tip(parts) {
    if (!parts.length) return "";
    const [, , from, to] = parts.find((part) => part.value.length > 2)?.value ?? [];
    const day = Math.floor(parts[0].axisValue / DAY), when = to - from > 1 ? `${dayWords(from)} to ${dayWords(to - 1)}` : dayWords(day);
    const lines = parts.filter((part) => part.value[1]).map((part) => `${part.seriesName}: ${part.value[1].toLocaleString("en")}`);
    return plain([parts.some((part) => part.value.length === 2) ? dayWords(day) : when, ...(lines.length ? lines : ["nothing published"])].join("\n"));
  }

  point(day) {
    if (!this.range || day === undefined) return;
    this.day = day;
    const inside = day >= this.range[0] && day <= this.range[1], { offsetHeight, offsetTop } = this.chart.getDom();
    this.cursor.hidden = !inside;
    if (inside) Object.assign(this.cursor.style, { left: `${this.chart.convertToPixel({ xAxisIndex: 0 }, (day + 0.5) * DAY)}px`, top: `${offsetTop + this.top - 4}px`, height: `${offsetHeight - this.top - 16}px` });
  }
}

// Bands of what each side holds, one upon the other; a letter at the end of those that are broad enough for one.
function bands(world, totals, last, colours) {
  const { sides } = world, ends = [...totals.days.map((day) => day * DAY), (last + 1) * DAY], all = totals.columns.reduce((sum, column) => sum + column.at(-1), 0);
  return [...sides.name.keys(), sides.name.length].filter((side) => totals.columns[side].some(Boolean)).map((side) => {
    const of = side < sides.name.length, column = totals.columns[side], colour = of ? sides.colour[side] : "#8a8f96";
    return { name: of ? legendName(sides, side) : "× contested or nobody's", type: "line", stack: "held", step: "end", symbol: "none", lineStyle: { width: 0.7, color: colours.ink, opacity: 0.5 }, areaStyle: { color: colour, opacity: 0.9 },
      itemStyle: { color: colour, decal: of ? pattern(side) : CROSSED }, data: ends.map((at, i) => [at, column[Math.min(i, column.length - 1)]]),
      endLabel: { show: column.at(-1) > 0.07 * all, formatter: of ? sides.letter[side] : "×", fontWeight: 700, color: colours.ink }, emphasis: { disabled: true } };
  });
}

const legendName = (sides, side) => `${sides.letter[side]} ${sides.name[side]}`;

function winners(world, changes, buckets, colours, width) {
  const { sides, holds } = world;
  return [...sides.name.keys()].map((side) => {
    const mine = [...changes.row.keys()].filter((i) => holds.side[changes.row[i]] === side).map((i) => changes.day[i]);
    return { name: legendName(sides, side), type: "bar", stack: "won", barWidth: Math.min(26, Math.max(2, (0.85 * width) / (buckets.edges.length - 1))), emphasis: { disabled: true }, itemStyle: { color: sides.colour[side], decal: pattern(side), borderColor: colours.ink, borderWidth: 0.6 }, n: mine.length,
      data: mine.length ? bucketed(mine, mine.map(() => 1), buckets).filter(([, sum]) => sum) : [] };
  }).filter((series) => series.n).map(({ n, ...series }) => series);
}
