// The answer of an item, read from its fields and put into them, by type. Positions count as shown.
import { tickOf } from "../shared/file-list.js";

function fields(item) {
  return [...item.querySelectorAll(`[name^="answer-${CSS.escape(item.dataset.item)}"]`)];
}

function partOf(field, item) {
  return field.name.slice(`answer-${item.dataset.item}.`.length);
}

function checked(item) {
  return fields(item).filter((field) => field.checked && field.value !== "").map((field) => field.value);
}

// The values of an item that has several parts, by part; what is empty is left out.
function parts(item) {
  const found = {};
  for (const field of fields(item)) {
    const counts = field.type === "radio" ? field.checked : true;
    if (counts && field.value !== "") found[partOf(field, item)] = field.value;
  }
  return found;
}

function orNull(value) {
  return Object.keys(value).length === 0 ? null : value;
}

function text(item) {
  return fields(item)[0].value.replace(/\r\n/g, "\n") || null;
}

function blanks(item) {
  const values = fields(item).map((field) => field.value);
  return values.some((value) => value !== "") ? values : null;
}

// The places that were given to the steps, as an order; null while a place is missing or given twice.
function order(item) {
  const places = parts(item);
  const steps = Object.keys(places).sort((a, b) => places[a] - places[b]);
  const isWhole = steps.every((step, index) => Number(places[step]) === index + 1);
  return isWhole && steps.length === fields(item).length ? steps : null;
}

function ratings(item) {
  return orNull(Object.fromEntries(Object.entries(parts(item)).map(([name, value]) => [name, Number(value)])));
}

// Best and worst of the same option are no answer yet: the other is about to be taken away.
function bestWorst(item) {
  const named = parts(item);
  return named.best && named.best === named.worst ? undefined : orNull(named);
}

const READERS = {
  single: (item) => checked(item)[0] ?? null,
  weighted: (item) => checked(item)[0] ?? null,
  multiple: (item) => (checked(item).length ? checked(item) : null),
  upload: (item) => (checked(item).length ? checked(item) : null),
  "true-false": (item) => ({ true: true, false: false })[checked(item)[0]] ?? null,
  blanks,
  numeric: text,
  constructed: text,
  ordering: order,
  matching: (item) => orNull(parts(item)),
  "best-worst": bestWorst,
  rating: ratings,
};

// Returns undefined for an item that is not answered by its fields, or not yet.
export function readAnswer(item) {
  const read = READERS[item.dataset.type];
  return read && fields(item).length ? read(item) : undefined;
}

// The values that an answer gives to the fields, by part; "" is the part of an answer without parts.
function valuesOf(type, answer) {
  if (type === "ordering") {
    return Object.fromEntries((answer ?? []).map((step, index) => [step, String(index + 1)]));
  }
  if (type === "blanks") return Object.fromEntries((answer ?? []).map((value, index) => [index + 1, value ?? ""]));
  if (["matching", "best-worst", "rating"].includes(type)) return answer ?? {};
  return { "": answer ?? "" };
}

function chosen(answer, field) {
  return Array.isArray(answer) ? answer.includes(field.value) : String(answer ?? "") === field.value;
}

export function paintAnswer(item, answer) {
  const box = item.querySelector("[data-upload]");
  if (box) for (const sha256 of answer ?? []) tickOf(box, sha256);
  const values = valuesOf(item.dataset.type, answer);
  for (const field of fields(item)) {
    const value = values[partOf(field, item)] ?? "";
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = chosen(field.type === "checkbox" ? (answer ?? []) : value, field);
    } else {
      field.value = value;
    }
  }
  for (const list of item.querySelectorAll("[data-ordering], textarea")) list.dispatchEvent(new Event("painted"));
}

// Writes an answer in one way, whatever the order in which its parts were found.
export function written(answer) {
  return JSON.stringify(answer ?? null, (_name, value) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

export function isBlank(answer) {
  if (answer === null || answer === undefined) return true;
  if (typeof answer === "string") return answer.trim() === "";
  return typeof answer === "object" && Object.values(answer).every(isBlank);
}

// Says an answer in words that its learner knows: the texts of options, or what was written.
export function describe(item, answer, nothing) {
  if (isBlank(answer)) return nothing;
  const kept = readAnswer(item);
  paintAnswer(item, answer);
  const words = fields(item).map(wordsOf).filter(Boolean).join(" · ");
  paintAnswer(item, kept ?? null);
  return words || nothing;
}

function wordsOf(field) {
  if (field.type === "radio" || field.type === "checkbox") {
    return field.checked && field.value !== "" ? field.closest("label").textContent.trim().replace(/\s+/g, " ") : "";
  }
  return field.tagName === "SELECT" ? (field.value && field.selectedOptions[0].textContent.trim()) : field.value;
}
