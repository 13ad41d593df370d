// Requests and their responses.

import { app, button, check, copy, duration, empty, h, outcome, remove, search, select, table, tag, text, time, tree } from "./app.js";
import { list } from "./list.js";
import { sessionLink } from "./sessions.js";

const parsed = (body) => { try { return JSON.parse(body); } catch { return body; } };

function detail(it) {
	const parts = { Headers: it.headers, Body: parsed(it.body), "Response headers": it.responseHeaders, Response: parsed(it.response) };
	return [h("h3", `Request ${it.number} `, tag(...outcome(it.status))), h("p", h("code", text(`${it.method} ${it.target}`))),
		it.status === null ? h("p.bad", "A fault broke the connection.") : it.status >= 400 && h("p.bad", text(parts.Response?.message ?? "Refused.")),
		it.faults.length > 0 && h("p", "Met ", h("a", { href: "#/faults" }, `fault ${it.faults.join(", ")}`)),
		it.ignored.length > 0 && h("p.bad", "Ignored, because the operation does not read it: ", h("code", text(it.ignored.join(", ")))),
		h("p", sessionLink(it.session, `Session ${it.sessionName}`), ` ${time(it.at)} ${duration(it.durationMs)} `, text(it.agent), " request id ", h("code", text(it.responseHeaders["x-request-id"]))),
		h("div.bar", { id: "curl" }, copy(it.curl, "", "Copy as curl"), copy(JSON.stringify(it, null, 2), "", "Copy as JSON")),
		Object.entries(parts).map(([title, value]) => value !== "" && h("details", { open: true }, h("summary", title), tree(value)))];
}

const columns = "Time|Status|Operation|Session|Took|Caller";
const cells = (it) => [time(it.at), tag(...outcome(it.status)),
	[h("a.open", { href: `#/requests/${it.number}` }, text(it.operation ?? `${it.method} ${it.target}`)), it.faults.length > 0 && tag("fault", "bad"), it.ignored.length > 0 && tag("ignored fields", "bad")],
	sessionLink(it.session, it.sessionName), duration(it.durationMs), text(it.caller)];
export const requestTable = (items) => (items.length ? table("Requests", columns, items, "number", cells) : empty("No request has been refused."));

export const requests = list({
	title: "Requests", path: "requests", key: "number", one: "request", columns, cells, none: "No requests. They appear here as they arrive.", detail,
	filters: (filter, set) => [search("Search", filter.text, set("text")), select("Operation", "operation", [["", "all"], ...app.overview.operations], filter.operation, set("operation")),
		["refused", "changing"].map((name) => check(`${name} only`, name, filter[name], set(name)))],
	aside: () => button("Clear", () => remove("requests")),
	on: (event, data) => event === "request" && data,
});
