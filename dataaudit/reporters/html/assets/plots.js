/* Plots by hand: bars and ranges are tables with something to look at in a cell, distributions are SVG. */

/**
 * Bars as a table. rows: {label: node or what makes one, title, parts: [[value, class]], mark, number: text, note: node}; a mark is a
 * value to be reached, shown as a line. head: texts of the columns. longest: the value of a full bar, at least.
 */
function barTable(caption, head, rows, longest) {
  const most = Math.max(longest || 1e-9, ...rows.map((row) => Math.max(row.mark || 0, row.parts.reduce((sum, [value]) => sum + value, 0))));
  const width = (value) => `${((100 * value) / most).toFixed(2)}%`;
  const line = (row) => el(
    "tr", {},
    el("th", { scope: "row", title: row.title }, typeof row.label === "function" ? row.label() : row.label),
    el(
      "td", { class: "bar" },
      el(
        "span", { class: "track", "aria-hidden": "true" },
        row.parts.map(([value, kind]) => value ? el("span", { class: `piece ${kind}`, vars: { width: width(value) } }) : null),
        row.mark ? el("span", { class: "mark", vars: { left: width(row.mark) } }) : null,
      ),
    ),
    el("td", { class: "right" }, row.number),
    row.note === undefined ? null : el("td", { class: "note" }, row.note),
  );
  return el(
    "table", { class: "bars" },
    el("caption", { class: "hidden" }, caption),
    el("thead", { class: "hidden" }, el("tr", {}, head.map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, rows.map(line)),
  );
}

/** What the colours of a plot mean. */
function legend(entries) {
  return el("ul", { class: "legend" }, entries.map(([kind, text]) => el("li", {}, el("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), text)));
}

/** A drawing that is made again when its box gets another width. draw(width) gives an <svg>. */
function drawn(draw) {
  const box = el("div", { class: "drawing" });
  let last = 0;
  const again = () => {
    const width = Math.round(box.clientWidth) || 560;
    if (width !== last) refill(box, draw((last = width)));
  };
  new ResizeObserver(again).observe(box);
  again();
  return box;
}

/** Round numbers from 0 to at least `most`, about `steps` of them. */
function ticks(most, steps) {
  const raw = Math.max(1, most / steps);
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((nice) => nice * unit).find((nice) => nice >= raw);
  const made = [];
  for (let value = 0; value < most + step; value += step) made.push(value);
  return made;
}

/**
 * Columns over the bars of a distribution. from: where each bar begins; rows: how many in each; marks: [value, text].
 * Every bar is equally wide, whatever it spans.
 */
function histogram(width, { label, from, rows, marks, unit }) {
  const [height, left, right, top, bottom] = [190, 46, 12, 26, 40];
  const [inner, tall] = [width - left - right, height - top - bottom];
  const grid = ticks(Math.max(...rows), 3);
  const slot = inner / rows.length;
  const y = (value) => top + tall - (tall * value) / grid[grid.length - 1];
  const every = Math.ceil((rows.length * 44) / inner);
  return svg(
    "svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    grid.map((value) => [
      svg("line", { class: "grid", x1: left, x2: width - right, y1: y(value), y2: y(value) }),
      svg("text", { class: "tick", x: left - 6, y: y(value) + 4, "text-anchor": "end" }, shortNumber(value)),
    ]),
    rows.map((value, place) => svg(
      "rect", { class: "column", x: left + place * slot + 1, y: y(value), width: Math.max(1, slot - 2), height: top + tall - y(value) },
      svg("title", {}, `${barName(from, place)} ${unit}: ${number(value)}`),
    )),
    from.map((value, place) => place % every ? null : svg("text", { class: "tick", x: left + place * slot, y: height - bottom + 16, "text-anchor": "middle" }, shortNumber(value))),
    svg("text", { class: "axis", x: left + inner / 2, y: height - 6, "text-anchor": "middle" }, unit),
    marks.map(([value, text]) => {
      const x = left + slot * barPlace(from, value);
      const far = x > width - 120;
      return [
        svg("line", { class: "mark", x1: x, x2: x, y1: top - 6, y2: top + tall }),
        svg("text", { class: "mark", x: far ? x - 4 : x + 4, y: top - 8, "text-anchor": far ? "end" : "start" }, text),
      ];
    }),
  );
}

/** Many bars at once, as narrow columns: rows: the values that are put on one another in each; mark: a value to be reached. */
function rankPlot(width, { label, rows, mark }) {
  const [height, left, top, bottom] = [120, 46, 10, 8];
  const grid = ticks(Math.max(mark, ...rows.map(([one, other]) => one + other)), 3);
  const slot = (width - left - 4) / rows.length;
  const tall = height - top - bottom;
  const high = (value) => (tall * value) / grid[grid.length - 1];
  const gap = slot > 4 ? 1 : 0;
  const column = (value, base, place, kind) => svg("rect", { class: kind, x: left + place * slot, y: top + tall - high(base + value), width: slot - gap, height: high(value) });
  return svg(
    "svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    grid.map((value) => [
      svg("line", { class: "grid", x1: left, x2: width - 4, y1: top + tall - high(value), y2: top + tall - high(value) }),
      svg("text", { class: "tick", x: left - 6, y: top + tall - high(value) + 4, "text-anchor": "end" }, shortNumber(value)),
    ]),
    rows.map(([sound, lost], place) => [column(sound, 0, place, "column"), lost ? column(lost, sound, place, "column-lost") : null]),
    mark ? svg("line", { class: "goal", x1: left, x2: width - 4, y1: top + tall - high(mark), y2: top + tall - high(mark) }) : null,
  );
}

function barName(from, place) {
  if (place === from.length - 1) return `${number(from[place])} or more`;
  const last = from[place + 1] - 1;
  return last <= from[place] ? number(from[place]) : `${number(from[place])} to ${number(last)}`;
}

/** Where a value lies, counted in bars. */
function barPlace(from, value) {
  let place = 0;
  while (place < from.length - 1 && from[place + 1] <= value) place++;
  const span = (place < from.length - 1 ? from[place + 1] : 2 * from[place] - (from[place - 1] || 0)) - from[place];
  return place + Math.min(1, (value - from[place]) / Math.max(1, span));
}

/** The numbers of a drawing for those who would rather read. */
function numbers(caption, head, rows) {
  return el("details", { class: "numbers" }, el("summary", {}, "Numbers"), plainTable(caption, head, rows));
}

/** From 0 to 100, with the borders of grades, the score and what it may be for another sample. */
function scoreScale(width, readiness, borders) {
  const [height, y, side] = [64, 30, 14];
  const x = (score) => side + ((width - 2 * side) * score) / 100;
  const steps = Object.entries(borders).map(([grade, from]) => [grade, from]).sort((one, other) => one[1] - other[1]);
  const bands = [["F", 0], ...steps].map(([grade, from], place) => [grade, from, place < steps.length ? steps[place][1] : 100]);
  const [low, high] = readiness.interval;
  return svg(
    "svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": `${decimals(readiness.score, 1)} of 100 points; ${decimals(low, 1)} to ${decimals(high, 1)} for another sample of this size` },
    bands.map(([grade, from, to]) => [
      svg("rect", { class: `band grade-${grade}`, x: x(from) + 1, y, width: x(to) - x(from) - 2, height: 10, rx: 2 }),
      svg("text", { class: "tick", x: (x(from) + x(to)) / 2, y: y + 26, "text-anchor": "middle" }, grade),
    ]),
    svg("rect", { class: "interval", x: x(low), y: y - 4, width: Math.max(2, x(high) - x(low)), height: 18, rx: 4 }),
    svg("line", { class: "needle", x1: x(readiness.score), x2: x(readiness.score), y1: y - 8, y2: y + 14 }),
    svg("text", { class: "needle", x: Math.min(Math.max(x(readiness.score), 40), width - 40), y: y - 12, "text-anchor": "middle" }, decimals(readiness.score, 1)),
  );
}
