/* The data of the page: findings in columns, texts by number. Nothing here draws. */

const data = JSON.parse(byId("data").textContent);
const strings = data.strings;
const HOLE = "\0";

/** The texts of a column, each once and sorted, and for each finding the number of its own. */
function coded(column) {
  const seen = new Uint8Array(strings.length);
  for (const place of column) seen[place] = 1;
  const places = strings.map((_, place) => place).filter((place) => seen[place]);
  places.sort((one, other) => (strings[one] < strings[other] ? -1 : 1));
  const codeOf = new Uint32Array(strings.length);
  places.forEach((place, code) => (codeOf[place] = code));
  const codes = new Uint32Array(column.length);
  for (let row = 0; row < codes.length; row++) codes[row] = codeOf[column[row]];
  return { codes, values: places.map((place) => strings[place]) };
}

/** Where the entries of each finding begin in a list that has so many of each. */
function offsetsOf(counts) {
  const offsets = new Uint32Array(counts.length + 1);
  for (let row = 0; row < counts.length; row++) offsets[row + 1] = offsets[row] + counts[row];
  return offsets;
}

const PACKED = ["rule", "severity", "path", "line", "column", "field", "category", "message", "numbers", "others", "related"];
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const found = readFindings(data.findings);

/** The numbers of a text that packing.py wrote. */
function unpacked(text) {
  const digits = new Uint8Array(128);
  for (let digit = 0; digit < 64; digit++) digits[ALPHABET.charCodeAt(digit)] = digit;
  const numbers = new Int32Array(text.length);
  let length = 0;
  for (let place = 0, bits = 0, shift = 0; place < text.length; place++) {
    const digit = digits[text.charCodeAt(place)];
    bits |= (digit & 31) << shift;
    if (digit & 32) {
      shift += 5;
      continue;
    }
    numbers[length++] = bits & 1 ? -((bits >>> 1) + 1) : bits >>> 1;
    bits = shift = 0;
  }
  return numbers.slice(0, length);
}

function readFindings(packed) {
  const columns = { ...packed, ...Object.fromEntries(PACKED.map((name) => [name, unpacked(packed[name])])) };
  const rules = columns.rules;
  const families = [...new Set(rules.map(familyOf))];
  const familyCodes = rules.map((rule) => families.indexOf(familyOf(rule)));
  return {
    ...columns,
    line: summed(columns.line),
    numbersFrom: offsetsOf(holesOf(columns.message)),
    relatedFrom: offsetsOf(columns.others),
    facets: {
      severity: { codes: columns.severity, values: columns.severities },
      family: { codes: columns.rule.map((code) => familyCodes[code]), values: families },
      rule: { codes: columns.rule, values: rules },
      file: coded(columns.path),
      category: coded(columns.category),
    },
  };
}

/** Values of which the steps from one to the next are given. */
function summed(steps) {
  const values = new Float64Array(steps.length);
  for (let row = 0, value = 0; row < values.length; row++) values[row] = value += steps[row];
  return values;
}

/** How many numbers were taken out of each message. */
function holesOf(messages) {
  const known = new Int32Array(strings.length).fill(-1);
  const counts = new Uint32Array(messages.length);
  for (let row = 0; row < counts.length; row++) {
    const place = messages[row];
    if (known[place] < 0) known[place] = strings[place].split(HOLE).length - 1;
    counts[row] = known[place];
  }
  return counts;
}

/** How many findings there are of each value of a facet. */
function totals({ codes, values }) {
  const counts = new Uint32Array(values.length);
  for (const code of codes) counts[code]++;
  return counts;
}

function familyOf(rule) {
  return rule.replace(/[0-9]+$/, "");
}

function nameOf(rule) {
  return data.rules[rule] ? data.rules[rule].name : "";
}

/** The message of a finding, with its numbers put back. */
function messageOf(row) {
  const pieces = strings[found.message[row]].split(HOLE);
  let text = pieces[0];
  for (let place = 1; place < pieces.length; place++) text += found.numbers[found.numbersFrom[row] + place - 1] + pieces[place];
  return text;
}

function placeOf(path, line, column) {
  if (!path) return "all files";
  return [path, line, line ? column : 0].filter(Boolean).join(":");
}

/** The folder that all files are in, with its slash; it is said once, at the top of the page. */
const folder = data.files.map((file) => file.path.slice(0, file.path.lastIndexOf("/") + 1)).reduce((one, other) => {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, one.lastIndexOf("/", length - 1) + 1);
}, data.files.length ? data.files[0].path.slice(0, data.files[0].path.lastIndexOf("/") + 1) : "");

function shortPath(path) {
  return folder && path.startsWith(folder) ? path.slice(folder.length) : path;
}

function findingPlace(row) {
  return placeOf(strings[found.path[row]], found.line[row], found.column[row]);
}

const searchable = new Array(found.count);

/** All that a search looks at, in lower case. */
function searchText(row) {
  if (searchable[row] === undefined) {
    const excerpt = found.excerpt[row];
    const rule = found.rules[found.rule[row]];
    searchable[row] = [
      rule, nameOf(rule), findingPlace(row), strings[found.field[row]], strings[found.category[row]], messageOf(row),
      excerpt ? strings[excerpt[0]] : "",
    ].join(" ").toLowerCase();
  }
  return searchable[row];
}

/** Prepares the search while nobody waits. */
function prepareSearch(from) {
  const stop = Math.min(found.count, from + 5000);
  for (let row = from; row < stop; row++) searchText(row);
  if (stop < found.count) setTimeout(prepareSearch, 0, stop);
}
