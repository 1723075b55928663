/* Duplicates and conflicts: two rows of a group side by side, with what differs marked. */

const GROUPS_LISTED = 12;
let listedFrom = 0;

function groupsPart() {
  if (!data.groups.length) return null;
  const rules = [...new Set(data.groups.map((group) => group.rule))];
  const options = rules.map((rule) => el("option", { value: rule }, `${rule} ${nameOf(rule)} (${number(data.groups.filter((group) => group.rule === rule).length)})`));
  const select = el("select", { id: "group-rule", on: { change: (event) => openGroups(event.target.value) } }, el("option", { value: "" }, `All (${number(data.groups.length)})`), options);
  return section(
    "groups", "Duplicates and conflicts, side by side",
    el(
      "div", { class: "workbench" },
      el("div", { class: "group-list" }, el("label", { class: "small" }, "Rule ", select), el("ul", { id: "group-list" }), el("nav", { class: "pager", id: "group-pager", "aria-label": "Pages of groups" })),
      el("div", { class: "group-view", id: "group-view", role: "region", "aria-label": "The rows of the group", tabindex: "-1" }),
    ),
  );
}

function groupNumbers() {
  return data.groups.map((_, place) => place).filter((place) => !state.groupRule || data.groups[place].rule === state.groupRule);
}

function openGroups(rule) {
  state.groupRule = rule;
  state.group = groupNumbers()[0];
  drawGroups();
  writeAddress();
}

function drawGroups() {
  if (!data.groups.length) return;
  if (!data.groups.some((group) => group.rule === state.groupRule)) state.groupRule = "";
  const known = groupNumbers();
  if (!known.includes(state.group)) state.group = known[0];
  byId("group-rule").value = state.groupRule;
  const place = known.indexOf(state.group);
  listedFrom = place - (place % GROUPS_LISTED);
  refill(byId("group-list"), known.slice(listedFrom, listedFrom + GROUPS_LISTED).map(groupButton));
  drawGroupPager(known, place);
  drawGroup(data.groups[state.group], 0, 1);
}

function groupButton(number_) {
  const group = data.groups[number_];
  const [, , prompt] = group.rows[0];
  return el("li", {}, el(
    "button", { type: "button", class: "group", "aria-pressed": String(number_ === state.group), on: { click: () => selectGroup(number_) } },
    el("span", { class: "code" }, group.rule), ` ${count(group.total, "row")}`, own(strings[prompt].slice(0, 90), "span", { class: "first" }),
  ));
}

function drawGroupPager(known, place) {
  const button = (text, mark, to) => el("button", { type: "button", class: "button", "aria-label": text, "aria-disabled": String(to < 0 || to >= known.length), on: { click: () => { if (to >= 0 && to < known.length) selectGroup(known[to], text); } } }, mark);
  refill(byId("group-pager"), button("Previous group", "‹", place - 1), el("span", { class: "small" }, `${number(place + 1)} of ${number(known.length)}`), button("Next group", "›", place + 1));
}

function selectGroup(number_, focused) {
  state.group = number_;
  drawGroups();
  writeAddress();
  const again = focused ? byId("group-pager").querySelector(`[aria-label="${focused}"]`) : byId("group-list").querySelector('[aria-pressed="true"]');
  if (again) again.focus();
  say(`Group of ${count(data.groups[number_].total, "row")}, ${data.groups[number_].rule}`);
}

/** Comes from a finding: the group, and the view of it. */
function showGroup(number_) {
  Object.assign(state, { group: number_, groupRule: "" });
  drawGroups();
  writeAddress();
  goToPart("groups");
  byId("group-view").focus({ preventScroll: true });
}

function drawGroup(group, left, right) {
  const place = ([path, line], number_) => `line ${line}${number_ ? "" : " (the first)"}, ${shortPath(strings[path])}`;
  const choice = (chosen, name, change) => el(
    "select", { "aria-label": name, on: { change: (event) => change(Number(event.target.value)) } },
    group.rows.map((row, number_) => el("option", { value: number_, selected: number_ === chosen }, place(row, number_))),
  );
  const sides = [left, Math.min(right, group.rows.length - 1)];
  const [one, other] = sides.map((side) => group.rows[side]);
  const more = group.total - group.rows.length;
  refill(
    byId("group-view"),
    el("p", {}, ruleTag(group.rule, true), `: ${count(group.total, "row")}${more > 0 ? `, the first ${number(group.rows.length)} shown here` : ""}.`),
    el(
      "div", { class: "pair" },
      el("div", { class: "side" }, choice(sides[0], "Left row", (value) => drawGroup(group, value, sides[1])), el("p", { class: "on-paper path" }, place(one, sides[0]))),
      el("div", { class: "side" }, choice(sides[1], "Right row", (value) => drawGroup(group, sides[0], value)), el("p", { class: "on-paper path" }, place(other, sides[1]))),
      compared("Prompt", strings[one[2]], strings[other[2]]),
      compared("Answer", answerOf(one), answerOf(other)),
    ),
    legend([["removed", "only on the left"], ["added", "only on the right"]]),
  );
}

function answerOf(row) {
  return row[3] < 0 ? null : strings[row[3]];
}

function compared(title, one, other) {
  const same = one === other;
  const [left, right] = same ? [[[one, false]], [[other, false]]] : differences(one || "", other || "");
  const side = (parts, tag, text) => el(
    "div", { class: `side ${same ? "same" : ""}` }, heading(3, [title, same ? el("span", { class: "quiet small" }, " the same on both sides") : null]),
    text === null ? el("p", { class: "quiet" }, "none") : text === "" ? el("p", { class: "quiet" }, "empty")
      : el("p", { class: "text", dir: "auto" }, parts.map(([words, differs]) => (differs ? el(tag, {}, words) : words))),
  );
  return [side(left, "del", one), side(right, "ins", other)];
}
