// Archives and broadcasts of every session.

import { age, button, form, h, input as field, perform, tags, text } from "./app.js";
import { show } from "./layout.js";
import { list } from "./list.js";
import { sessionLink } from "./sessions.js";

const view = (what, title, input) => {
	const path = `${what}s`;
	const on = (label, operation, it, name) => button(label, () => perform(`${operation}_${what}`, { [`${what}Id`]: it.id }, it.project), name);
	return list({
		title, path, key: "id", at: "createdAt", one: what, columns: "State|Name|Session|Created|Details|Actions", none: `No ${path} yet. Start one in a session with a client.`,
		cells(it) {
			const name = it.name || it.id.slice(0, 8);
			return [tags(it), h("a.open", { href: `#/${path}/${it.id}` }, text(name)), sessionLink(it.sessionId, it.sessionName), age(it.createdAt), text(it.words),
				[/started|paused/.test(it.status) && on("Stop", "stop", it, name), it.file && h("a", { href: it.file, download: what === "archive" }, "Download"), what === "archive" && /available|failed/.test(it.status) && on("Delete", "delete", it, name), button("Layout", () => show(`${path}/${it.id}`, name), name)]];
		},
		top: { draw: ({ session }) => form(`Start ${what}`, ({ sessionId }) => perform(`start_${what}`, { sessionId, ...input }), field("Session id", "sessionId", { value: session, required: true })) },
		on: (event, data) => event === "event" && data.event === what && data.body.id,
	});
};

export const archives = view("archive", "Archives");
export const broadcasts = view("broadcast", "Broadcasts", { outputs: { hls: {} } });
