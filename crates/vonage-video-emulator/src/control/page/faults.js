// Faults: what is at work, and what may be added.

import { app, button, empty, form, get, h, heading, number, post, remove, reread, select, table, text } from "./app.js";

function add({ on, what, ...rest }) {
	const [, , members] = app.overview.faultActions.find(([name]) => name === what);
	const set = ["times", "chance", ...members].filter((name) => rest[name]).map((name) => [name, Number(rest[name])]);
	return post("faults", { on: on || null, do: what, ...Object.fromEntries(set), ...(what === "lose" && { do: "reset", afterEffect: true }) });
}

export function faults() {
	let list = [];
	const load = async () => { list = (await get("faults")).faults; };
	return {
		title: () => "Faults",
		load,
		on: (event) => event === "faults" && reread(load),
		draw: () => [heading("Faults"), h("div.bar", app.overview.faultPresets.map(([label, it]) => button(label, () => post("faults", it)))),
			form("Add fault", add, select("Operation", "on", [["", "any operation"], ...app.overview.operations, ["download", "downloads of archives"]]), select("What happens", "what", app.overview.faultActions),
				number("Status", "status", 503), number("Seconds", "seconds", 2), number("Retry after", "retryAfter"), number("How often", "times", "", { placeholder: "always" }), number("Probability", "chance", 1, { max: 1 })),
			list.length ? [table("Faults", "Fault|Operation|What happens|Happened|Left|Actions", list, "number", (it) => [it.number, text(it.on ?? "any"), text(it.words), it.fired, it.times ?? "always", button("Remove", () => remove(`faults/${it.number}`), `fault ${it.number}`)]), button("Remove all", () => remove("faults"))]
				: empty("No faults. Every call succeeds.")],
	};
}
