/* The top of the page: the grade, the sum behind it, what to do next, what providers say. */

const GRADE_WORDS = {
  A: "Fit to train on.",
  B: "Fit to train on, with faults worth mending.",
  C: "Mend before money is spent.",
  D: "Not fit to train on.",
  F: "Not fit to train on.",
};
const SEVERITY_WORDS = { error: ["error"], warning: ["warning"], info: ["note"] };

function summaryPart() {
  return el(
    "section", { id: "summary", class: "part", "aria-labelledby": "summary-title" },
    heading(2, "Is it ready?", "summary-title"),
    el("div", { class: "hero" }, gradeCard(), nextCard()),
    keyNumbers(),
    el("div", { class: "grid wide" }, sumCard(), verdictCard()),
  );
}

function gradeCard() {
  const readiness = data.readiness;
  if (!readiness) {
    return el("div", { class: "card grade-card" }, heading(3, "No grade"), el("p", { class: "empty" }, "Only training rows are graded, and there are none here."));
  }
  return el(
    "div", { class: "card grade-card" },
    el(
      "p", { class: "grade-line" },
      el("span", { class: `grade grade-${readiness.grade}` }, el("span", { class: "hidden" }, "Grade "), readiness.grade),
      el(
        "span", {},
        el("strong", { class: "verdict" }, readiness.ready ? "Ready" : "Not ready"),
        el("span", { class: "quiet" }, GRADE_WORDS[readiness.grade]),
      ),
    ),
    drawn((width) => scoreScale(width, readiness, data.borders)),
    el("p", {}, readiness.because),
    readiness.caps.length
      ? el("ul", { class: "caps" }, readiness.caps.map((cap) => el("li", {}, el("strong", {}, `At most ${cap.grade}`), `: ${cap.because} `, ruleTags(cap.rule.split(", ")))))
      : null,
  );
}

function nextCard() {
  const readiness = data.readiness;
  if (!readiness) return null;
  const steps = readiness.next;
  const intro = !steps.length
    ? "Nothing that is known would lift the grade."
    : readiness.reached
      ? `The shortest way to grade ${readiness.target}:`
      : `Towards grade ${readiness.target}, which takes more than this:`;
  const step = (action) => el(
    "li", {},
    el("strong", {}, own(sentence(action.action))), " ", ruleTags(action.rules),
    el(
      "span", { class: "facts" },
      el("span", {}, count(action.rows, "row")),
      el("span", {}, action.automatic ? "automatic" : `${duration(...action.minutes)} of work`),
      action.gain >= 0.05 ? el("span", { class: "gain" }, `+${decimals(action.gain, 1)} points`) : null,
      action.lifts.length ? el("span", {}, `lifts the cap of ${action.lifts.join(", ")}`) : null,
    ),
  );
  return el(
    "div", { class: "card" }, heading(3, "What to do next"),
    el("p", { class: steps.length || !readiness.ready ? null : "good" }, !steps.length && readiness.grade === "A" ? "Nothing: there is no better grade." : intro),
    steps.length ? el("ol", { class: "steps" }, steps.map(step)) : null,
  );
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function keyNumbers() {
  const splits = Object.values(data.statistics.splits);
  const total = (name) => splits.reduce((sum, split) => sum + (split[name] || 0), 0);
  const all = Object.values(data.counts).reduce((sum, value) => sum + value, 0);
  const listed = totals(found.facets.severity);
  const bySeverity = found.severities.map((severity, code) => [severity, listed[code]]).reverse();
  const unlisted = all - found.count;
  const entry = (value, word, kind) => el("li", { class: kind }, el("strong", {}, value), ` ${word}`);
  return el(
    "ul", { class: "key-numbers", "aria-label": "Key numbers" },
    entry(number(data.statistics.rows || total("rows")), "rows"),
    entry(number(total("effective")), "of them count"),
    entry(number(data.files.length), data.files.length === 1 ? "file" : "files"),
    bySeverity.map(([severity, value]) => entry(number(value), count(value, ...SEVERITY_WORDS[severity]).replace(/^\S+ /, ""), value ? severity : null)),
    unlisted > 0 ? entry(number(unlisted), "findings more, counted but not listed") : null,
  );
}

function sumCard() {
  const readiness = data.readiness;
  if (!readiness) return null;
  const judged = readiness.dimensions.filter((part) => part.score !== null);
  const others = readiness.dimensions.filter((part) => part.score === null);
  const points = (part) => part.score * part.weight;
  const row = (part) => el(
    "tr", {},
    el("th", { scope: "row" }, part.name),
    el(
      "td", { class: "bar" },
      el("span", { class: "track whole", "aria-hidden": "true" }, el("span", { class: "piece main", vars: { width: `${Math.min(100, part.score)}%` } })),
    ),
    el("td", { class: "right" }, decimals(part.score, 1)),
    el("td", { class: "right quiet" }, `× ${decimals(part.weight, 3)}`),
    el("td", { class: "right" }, `= ${decimals(points(part), 1)}`),
    el("td", { class: "formula" }, el("code", {}, part.because), part.unchecked ? el("span", { class: "quiet" }, ` ${part.unchecked}`) : null),
  );
  const sum = judged.reduce((total, part) => total + points(part), 0);
  const rounded = decimals(sum, 1) === decimals(readiness.score, 1) ? "" : `; ${decimals(readiness.score, 1)} before the scores were rounded`;
  const byHand = judged.map((part) => `${decimals(part.score, 1)} × ${decimals(part.weight, 3)}`).join(" + ");
  return el(
    "div", { class: "card sum" }, heading(3, "The sum behind the grade"),
    el(
      "div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The sum behind the grade" },
      el(
        "table", { class: "bars" },
        el("caption", { class: "hidden" }, "Score of each dimension, its weight, and its points"),
        el("thead", { class: "hidden" }, el("tr", {}, ["dimension", "bar", "score", "weight", "points", "how"].map((text) => el("th", { scope: "col" }, text)))),
        el("tbody", {}, judged.map(row)),
        el("tfoot", {}, el("tr", {}, el("th", { scope: "row", colspan: "4" }, "Score"), el("td", { class: "right" }, el("strong", {}, `= ${decimals(readiness.score, 1)}`)), el("td", {}))),
      ),
    ),
    el("p", { class: "small" }, el("strong", {}, "Recompute by hand: "), `${byHand} = ${decimals(sum, 1)}${rounded}`),
    others.map((part) => el("p", { class: "small quiet" }, `${part.name}: not in the sum: ${part.unchecked}`)),
  );
}

const ANSWER_MARKS = { accepted: "✓", refused: "✕", unavailable: "–" };
const STRENGTHS = { hard: "error", soft: "warning", advice: "info" };

function verdictCard() {
  if (!data.verdicts.length) return null;
  const reason = (entry) => el(
    "li", {},
    el("span", { class: `tag ${STRENGTHS[entry.severity]}` }, entry.severity), " ", ruleTag(entry.rule), " ", own(entry.message, "span"),
    el("span", { class: "small quiet" }, ` (${entry.count === 1 ? "once" : `${number(entry.count)} times`}${entry.path ? `, first at ${shortPath(placeOf(entry.path, entry.line))}` : ""}; ${entry.source}, ${entry.date})`),
  );
  const verdict = (entry) => el(
    "li", { class: entry.answer },
    el(
      "details", { open: data.verdicts.length === 1 },
      el(
        "summary", {},
        el("span", { class: "answer", "aria-hidden": "true" }, ANSWER_MARKS[entry.answer]), el("strong", {}, entry.provider), ` ${entry.answer}`,
        el("span", { class: "quiet" }, entry.sentence.split(`${entry.provider}: ${entry.answer}`).join("")),
      ),
      el("p", { class: "quiet small" }, `${entry.name}, ${entry.method}`),
      entry.reasons.length ? el("ul", { class: "reasons" }, entry.reasons.map(reason)) : el("p", { class: "small" }, "No reason against it was found."),
    ),
  );
  return el("div", { class: "card" }, heading(3, "What providers say"), el("ul", { class: "verdicts" }, data.verdicts.map(verdict)));
}

/** Several of them, with commas between. */
function ruleTags(rules) {
  return rules.map((rule, place) => [place ? ", " : "", ruleTag(rule)]);
}

/** A rule's code that opens what the catalogue says of it; a family, such as SCH, is only named. */
function ruleTag(rule, withName) {
  const known = data.rules[rule];
  if (!known) return el("span", { class: "code" }, rule);
  return el(
    "button", { type: "button", class: "code", title: `${known.name}: why, and how to fix it`, on: { click: () => explain(rule) } },
    rule, withName ? [" ", el("span", { class: "rule-name" }, known.name)] : null,
  );
}
