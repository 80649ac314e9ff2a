// Conditions of questions, as engines/questionnaire/conditions.py means them; the server checks again.
const isReal = (value) => value !== undefined && value !== "" && ![-2, -3, -4].includes(value);
const list = (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]);

const holds = {
  answered: (answer) => isReal(answer),
  not_answered: (answer) => !isReal(answer),
  eq: (answer, wanted) => answer === wanted,
  in: (answer, wanted) => list(wanted).includes(answer),
  ne: (answer, wanted) => isReal(answer) && answer !== wanted,
  not_in: (answer, wanted) => isReal(answer) && !list(wanted).includes(answer),
  lt: (answer, wanted) => isReal(answer) && answer < wanted,
  le: (answer, wanted) => isReal(answer) && answer <= wanted,
  gt: (answer, wanted) => isReal(answer) && answer > wanted,
  ge: (answer, wanted) => isReal(answer) && answer >= wanted,
  contains: (answer, wanted) => isReal(answer) && String(answer).toLowerCase().includes(String(wanted).toLowerCase()),
  not_contains: (answer, wanted) => isReal(answer) && !holds.contains(answer, wanted),
};

function group(condition, values, items) {
  const real = Object.values(items).some((item) => isReal(values[item]));
  const has = isReal(values[items[condition.value]]);
  if (condition.op === "contains") return has;
  if (condition.op === "not_contains") return real && !has;
  return condition.op === "answered" ? real : condition.op === "not_answered" ? !real : true;
}

export function isShown(condition, values, groups) {
  if (condition.type === "all") return condition.of.every((part) => isShown(part, values, groups));
  if (condition.type === "any") return condition.of.some((part) => isShown(part, values, groups));
  if (groups[condition.item]) return group(condition, values, groups[condition.item]);
  return holds[condition.op](values[condition.item], condition.value ?? null);
}
