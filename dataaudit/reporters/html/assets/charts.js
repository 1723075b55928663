/* The data in pictures: where people would rather look than read. */

const GROUP_KINDS = {
  DUP001: "exact duplicates",
  DUP002: "duplicates but for case, space or punctuation",
  DUP003: "one prompt, several answers",
  SIM001: "near-duplicates",
  SIM003: "nearly one prompt, several answers",
};
const BARS_SHOWN = 24;
const ENDS_SHOWN = 8;

function picturesPart() {
  const cards = [ruleCard(), ...labelCards(), lengthCard(), groupSizeCard(), formatCard()].filter(Boolean);
  return cards.length ? section("pictures", "The data in pictures", el("div", { class: "columns" }, cards)) : null;
}

function ruleCard() {
  const rules = Object.entries(data.counts).filter(([, value]) => value > 0).sort((one, other) => other[1] - one[1]);
  if (!rules.length) return null;
  const line = ([rule, value]) => ({
    label: [ruleTag(rule, true)],
    title: data.rules[rule] ? data.rules[rule].title : "",
    parts: [[value, data.rules[rule] ? data.rules[rule].severity : "main"]],
    number: el("button", { type: "button", class: "link", "aria-label": `Show the ${count(value, "finding")} of ${rule}`, on: { click: () => showOnly("rule", rule) } }, number(value)),
  });
  return card(
    "Findings by rule", ...folded(rules.map(line), (rows) => barTable("Findings by rule", ["rule", "bar", "findings"], rows)),
    legend([["error", "usually an error"], ["warning", "a warning"], ["info", "a note"]]),
  );
}

/** The first bars, and the others under a fold. */
function folded(rows, draw) {
  if (rows.length <= BARS_SHOWN) return [draw(rows)];
  return [draw(rows.slice(0, BARS_SHOWN)), el("details", { class: "numbers" }, el("summary", {}, `${number(rows.length - BARS_SHOWN)} more`), draw(rows.slice(BARS_SHOWN)))];
}

function labelCards() {
  return Object.entries(data.statistics.splits).filter(([, split]) => split.labels).map(([name, split]) => labelCard(name, split));
}

function labelCard(name, split) {
  const labels = split.labels;
  const wanted = data.plan && data.plan.split === name && data.plan.by_category ? data.plan.target : 0;
  const rows = Object.entries(labels.rows).map(([label, all]) => {
    const sound = Math.min(all, labels.effective_rows[label] || 0);
    return {
      label: () => own(label), title: label, parts: [[sound, "main"], [all - sound, "lost"]], mark: wanted,
      number: all === sound ? number(all) : `${number(sound)} of ${number(all)}`,
    };
  });
  const least = Math.min(...Object.values(labels.effective_rows));
  const facts = `${count(labels.labels, "label")}, from ${labels.from.join(", ")}; evenness ${decimals(labels.evenness, 2)} of 1; the rarest has ${count(least, "row")} that count${labels.evenness < 1 ? "" : ", as all have"}.`;
  const most = Math.max(...rows.map((row) => row.parts[0][0] + row.parts[1][0]));
  const hasLost = rows.some((row) => row.parts[1][0] > 0);
  const within = wanted <= 3 * most;
  const draw = (some) => barTable(`Rows by label in ${name}`, ["label", "bar", "rows that count, of all"], some.map((row) => ({ ...row, mark: within ? row.mark : 0 })), most);
  return card(
    `Label balance: ${name}`, el("p", { class: "small quiet" }, facts),
    rows.length <= BARS_SHOWN ? draw(rows) : [
      drawn((width) => rankPlot(width, { label: `Rows of the ${number(rows.length)} labels of ${name}, most first`, rows: rows.map((row) => row.parts.map(([value]) => value)), mark: within ? wanted : 0 })),
      labels.evenness < 1 ? [heading(4, "Most rows"), draw(rows.slice(0, ENDS_SHOWN)), heading(4, "Fewest rows"), draw(rows.slice(-ENDS_SHOWN))] : null,
      el("details", { class: "numbers" }, el("summary", {}, `All ${number(rows.length)} labels`), draw(rows)),
    ],
    labels.more ? el("p", { class: "small quiet" }, `${count(labels.more, "label")} more, with fewer rows.`) : null,
    legend([
      ["main", "rows that count"], ...(hasLost ? [["lost", "copies and rows that cannot be used"]] : []),
      ...(wanted && within ? [["mark", `wanted: ${number(wanted)} each`]] : []),
    ]),
    !within ? el("p", { class: "small quiet" }, `Wanted: ${number(wanted)} each, beyond the edge of this plot.`) : null,
  );
}

function lengthCard() {
  const lengths = data.statistics.lengths;
  if (!lengths) return null;
  const plot = ([name, rows]) => {
    const known = (data.statistics.splits[name] || {}).characters || {};
    const marks = known.p50 === undefined ? [] : [[known.p50, `median ${shortNumber(known.p50)}`]];
    return [
      Object.keys(lengths.rows).length > 1 ? heading(4, name) : null,
      drawn((width) => histogram(width, { label: `Rows of ${name} by length in characters`, from: lengths.from, rows, marks, unit: "characters" })),
    ];
  };
  const facts = Object.entries(data.statistics.splits).filter(([, split]) => split.characters && split.characters.p50 !== undefined)
    .map(([name, { characters }]) => `${name}: half of the rows have ${count(characters.p50, "character")} at most, 95 % at most ${number(characters.p95)}, the longest ${number(characters.p100)}.`);
  const table = lengths.from.map((_, place) => [barName(lengths.from, place), ...Object.values(lengths.rows).map((rows) => number(rows[place]))]);
  return card(
    "Length of rows", facts.map((text) => el("p", { class: "small quiet" }, text)), Object.entries(lengths.rows).map(plot),
    lengths.scale === "logarithmic" ? el("p", { class: "small quiet" }, "The scale is logarithmic: bars further right span more.") : null,
    tokenLine(),
    numbers("Rows by length", [{ text: "characters" }, ...Object.keys(lengths.rows).map((text) => ({ text, right: true }))], table),
  );
}

function tokenLine() {
  const splits = (data.statistics.tokens || {}).splits || {};
  return Object.entries(splits).flatMap(([name, encodings]) => Object.entries(encodings).slice(0, 1).map(([encoding, found]) => el(
    "p", { class: "small quiet" },
    `Tokens of ${name} (${encoding}): ${found.low === found.high ? number(found.total) : `${number(found.low)} to ${number(found.high)}`} in all, ${number(found.p50)} in the median row, ${number(found.p99)} at most in 99 %.`,
  )));
}

function groupSizeCard() {
  const sizes = data.statistics.group_sizes;
  if (!sizes) return null;
  const used = sizes.from.map((_, place) => place).filter((place) => Object.values(sizes.groups).some((groups) => groups[place]));
  const one = ([rule, groups]) => [
    heading(4, [ruleTag(rule), ` ${GROUP_KINDS[rule] || nameOf(rule)}`]),
    barTable(
      `Groups of ${GROUP_KINDS[rule] || rule} by their number of rows`, ["rows of a group", "bar", "groups"],
      used.filter((place) => groups[place]).map((place) => ({
        label: `${barName(sizes.from, place)} rows`, parts: [[groups[place], rule === "DUP003" || rule === "SIM003" ? "second" : "main"]], number: number(groups[place]),
      })),
    ),
  ];
  return card("Duplicates and conflicts by size of group", Object.entries(sizes.groups).filter(([, groups]) => groups.some(Boolean)).map(one));
}

function formatCard() {
  const formats = data.statistics.formats || [];
  if (!formats.length) return null;
  const line = (entry) => el(
    "li", {},
    el("span", { class: "track whole", "aria-hidden": "true" }, el("span", { class: "piece main", vars: { width: `${(100 * entry.agreeing) / Math.max(1, entry.rows)}%` } })),
    el("p", { class: "small" }, own(entry.format, "span"), entry.agreeing < entry.rows ? el("strong", {}, ` ${count(entry.rows - entry.agreeing, "row")} off.`) : null),
  );
  return card(
    "What answers look like, as learned",
    el("p", { class: "small quiet" }, "Lists of values, such as labels, are those seen in the sample that formats are learned from; shares are of all answers."),
    el("ul", { class: "formats" }, formats.map(line)),
    data.statistics.more_formats ? el("p", { class: "small quiet" }, `${count(data.statistics.more_formats, "group")} of answers more.`) : null,
  );
}
