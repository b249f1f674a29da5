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

const bucketOf = (span) => (span <= 200 ? [1, "day"] : span <= 2000 ? [7, "week"] : [30, "30 days"]);

// Sums per bucket: [[ms, sum], ...], empty ones among them.
function bucketed(days, values, first, last, size) {
  const sums = new Float64Array(Math.floor((last - first) / size) + 1);
  days.forEach((day, i) => day >= first && day <= last && (sums[Math.floor((day - first) / size)] += values[i]));
  return [...sums].map((sum, i) => [(first + i * size + size / 2) * DAY, sum]);
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

  // `upper` are series above, on the axis `yName`; below them the reports of `coverage`, as [[ms, number], ...].
  draw({ first, last, upper, yName, coverage, covered, colours, label }) {
    this.range = [first, last];
    const strip = !upper.length, time = { type: "time", min: first * DAY, max: (last + 1) * DAY, axisLine: { lineStyle: { color: colours.border } }, splitLine: { show: false } };
    const value = { type: "value", minInterval: 1, splitNumber: 4, axisLabel: { color: colours.soft }, splitLine: { lineStyle: { color: colours.line } }, nameTextStyle: { color: colours.soft, align: "left" } };
    const silence = coverage.map(([at, sum]) => [at, sum === 0 ? 1 : 0]);
    const below = strip ? 0 : 1;
    this.chart.setOption({
      animation: false, useUTC: true, aria: { enabled: true, label: { description: label } },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colours.card, borderColor: colours.border, textStyle: { color: colours.ink, fontSize: 12 }, formatter: (parts) => this.tip(parts) },
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      grid: strip ? [{ left: 44, right: 34, top: 16, bottom: 20 }] : [{ left: 44, right: 34, top: 24, bottom: 104 }, { left: 44, right: 34, height: 44, bottom: 22 }],
      xAxis: [
        ...(strip ? [] : [{ ...time, gridIndex: 0, axisLabel: { show: false }, axisTick: { show: false } }]),
        { ...time, gridIndex: below, axisLabel: { color: colours.soft, hideOverlap: true } },
      ],
      yAxis: [
        ...(strip ? [] : [{ ...value, gridIndex: 0, name: yName }]),
        { ...value, gridIndex: below, name: covered, splitNumber: 1, nameGap: 6 },
        { type: "value", gridIndex: below, max: 1, show: false },
      ],
      series: [
        ...upper,
        { name: covered, type: "bar", xAxisIndex: below, yAxisIndex: below, data: coverage, barGap: "-100%", barCategoryGap: "8%", itemStyle: { color: colours.soft } },
        { name: "silent", type: "bar", xAxisIndex: below, yAxisIndex: below + 1, data: silence, barGap: "-100%", barCategoryGap: "0%", silent: true,
          itemStyle: { color: colours.silent, opacity: 0.35, decal: { symbol: "rect", symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [1, 4], rotation: -Math.PI / 4, color: colours.paper } } },
      ],
    }, true);
    this.point(this.day);
  }

  tip(parts) {
    if (!parts.length) return "";
    const lines = parts.filter((part) => part.seriesName !== "silent" && part.value[1]).map((part) => `${part.seriesName}: ${part.value[1].toLocaleString("en")}`);
    return plain([dayWords(Math.floor(parts[0].axisValue / DAY)), ...(lines.length ? lines : ["nothing published"])].join("\n"));
  }

  point(day) {
    if (!this.range || day === undefined) return;
    this.day = day;
    const inside = day >= this.range[0] && day <= this.range[1], { offsetHeight, offsetTop } = this.chart.getDom();
    this.cursor.hidden = !inside;
    if (inside) Object.assign(this.cursor.style, { left: `${this.chart.convertToPixel({ xAxisIndex: 0 }, (day + 0.5) * DAY)}px`, top: `${offsetTop}px`, height: `${offsetHeight - 20}px` });
  }
}

// Bands of what each side holds, one upon the other.
function bands(world, totals, last) {
  const { sides } = world, ends = [...totals.days.map((day) => day * DAY), (last + 1) * DAY];
  return [...sides.name.keys(), sides.name.length].filter((side) => totals.columns[side].some(Boolean)).map((side) => {
    const of = side < sides.name.length, column = totals.columns[side], colour = of ? sides.colour[side] : "#8a8f96";
    return { name: of ? sides.name[side] : "Contested or nobody's", type: "line", stack: "held", step: "end", symbol: "none", lineStyle: { width: 1, color: colour }, areaStyle: { color: colour, opacity: 0.85 },
      itemStyle: { color: colour, decal: of ? pattern(side) : CROSSED }, data: ends.map((at, i) => [at, column[Math.min(i, column.length - 1)]]),
      endLabel: { show: column.at(-1) > 0, formatter: of ? sides.letter[side] : "×", fontWeight: 700, color: "inherit" }, labelLayout: { hideOverlap: true }, emphasis: { disabled: true } };
  });
}

function winners(world, changes, first, last, size) {
  const { sides, holds } = world;
  return [...sides.name.keys()].map((side) => {
    const mine = [...changes.row.keys()].filter((i) => holds.side[changes.row[i]] === side).map((i) => changes.day[i]);
    return { name: sides.name[side], type: "bar", stack: "won", barCategoryGap: "8%", emphasis: { disabled: true }, itemStyle: { color: sides.colour[side], decal: pattern(side) }, n: mine.length,
      data: mine.length ? bucketed(mine, mine.map(() => 1), first, last, size) : [],
      label: { show: true, position: "inside", formatter: (at) => (at.value[1] ? sides.letter[side] : ""), fontSize: 10, fontWeight: 700, color: lightness(sides.colour[side]) > 0.55 ? "#111" : "#fff" }, labelLayout: { hideOverlap: true } };
  }).filter((series) => series.n).map(({ n, ...series }) => series);
}
