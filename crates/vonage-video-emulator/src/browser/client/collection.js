// What is there of a kind, by id.

const matches = (thing, wanted) => Object.entries(wanted).every(([name, value]) => thing[name] === value);

/** A view of a map, which `read` gives. Without a condition, find gives the first. */
export function collection(read) {
  const all = () => [...read().values()];
  const test = (condition = {}) => (typeof condition === "function" ? condition : (thing) => matches(thing, condition));
  return {
    find: (condition) => all().find(test(condition)),
    where: (condition) => all().filter(test(condition)),
    forEach: (action) => all().forEach((thing) => action(thing)),
    map: (action) => all().map((thing) => action(thing)),
    get: (id) => read().get(id),
    length: () => read().size,
  };
}
