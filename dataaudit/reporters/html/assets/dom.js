/* Makes elements, and writes numbers. A text of the data only ever becomes a text node or the value of an attribute. */

const SVG_SPACE = "http://www.w3.org/2000/svg";

/** An element; `on` holds listeners, `vars` style properties; what is null, false or undefined is left out. */
function el(tag, props, ...children) {
  return filled(document.createElement(tag), props, children);
}

function svg(tag, props, ...children) {
  return filled(document.createElementNS(SVG_SPACE, tag), props, children);
}

function filled(node, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "vars") for (const [key, entry] of Object.entries(value)) node.style.setProperty(key, entry);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  return put(node, children);
}

function put(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

/** The same element with other children. */
function refill(node, ...children) {
  node.textContent = "";
  return put(node, children);
}

/** A text of the data: its direction is its own and does not turn what stands around it. */
function own(text, tag, props) {
  return el(tag || "bdi", { dir: "auto", ...props }, text);
}

function byId(id) {
  return document.getElementById(id);
}

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

function number(value) {
  return WHOLE.format(value);
}

/** 950, 1.2K, 3M: for axes. */
function shortNumber(value) {
  return value < 10000 ? number(value) : SHORT.format(value);
}

function decimals(value, digits) {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Two digits that count: 0.05, 1.4, 390, 12,000. */
function rough(value) {
  return value.toLocaleString("en-US", value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 2 });
}

function count(value, word, words) {
  return `${number(value)} ${value === 1 ? word : words || word + "s"}`;
}

/** "3.9 to 5.8 hours", "12 minutes". */
function duration(low, high) {
  const [unit, by] = high >= 120 ? ["hour", 60] : ["minute", 1];
  const ends = [...new Set([low, high].map((value) => rough(value / by)))];
  return `${ends.join(" to ")} ${unit}${ends.length === 1 && ends[0] === "1" ? "" : "s"}`;
}

function bytes(value) {
  if (value === null) return "";
  const units = ["bytes", "kB", "MB", "GB"];
  let step = 0;
  while (value >= 1000 && step < 3) [value, step] = [value / 1000, step + 1];
  return `${step ? decimals(value, value < 10 ? 1 : 0) : number(value)} ${units[step]}`;
}

function usd(value) {
  if (value > 0 && value < 0.005) return "<0.01";
  return value < 100 ? decimals(value, 2) : number(value);
}

/** "0.05", "4.00 to 22.00", "4.00 or more", "?" */
function usdRange(range) {
  if (!range || range[0] === null) return "?";
  if (range[1] === null) return `${usd(range[0])} or more`;
  const ends = [...new Set(range.map(usd))];
  return ends.join(" to ");
}

/** A heading and what stands under it, as a landmark. */
function section(id, title, ...children) {
  return el("section", { id, class: "part", "aria-labelledby": `${id}-title` }, heading(2, title, `${id}-title`), children);
}

function heading(level, text, id) {
  return el(`h${level}`, { id, tabindex: level === 2 ? "-1" : null }, text);
}

/** A box in a grid, with its own heading. */
function card(title, ...children) {
  return el("div", { class: "card" }, heading(3, title), children);
}

/** A table of texts and nodes. head: {text, right} a column. */
function plainTable(caption, head, rows, kind) {
  const cell = (content, place) =>
    el(place === 0 ? "th" : "td", { class: head[place].right ? "right" : null, scope: place === 0 ? "row" : null, "data-name": place === 0 ? null : head[place].text }, content);
  return el(
    "div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el(
      "table", { class: kind || "plain" },
      el("caption", { class: "hidden" }, caption),
      el("thead", {}, el("tr", {}, head.map((entry) => el("th", { scope: "col", class: entry.right ? "right" : null }, entry.text)))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map(cell)))),
    ),
  );
}

/** Says to a screen reader what changed. */
function say(text) {
  const live = byId("live");
  if (live.textContent !== text) live.textContent = text;
}
