// All sessions.

import { age, app, check, empty, form, h, id, plain, post, search, select, table, tags } from "./app.js";
import { list } from "./list.js";

let project;

export const create = () => form("Create session", async (data) => {
	({ project } = data);
	location.hash = `#/session/${id((await post("sessions", { project, relayed: "relayed" in data })).sessionId)}`;
}, select("Project", "project", app.overview.projects.map((it) => [it.id, `${it.environment} ${it.id}`]), project ?? app.overview.projects.at(-1)?.id), check("relayed", "relayed"));

export const sessionLink = (session, name, kind = "a") => session && h(kind, { href: `#/session/${id(session)}` }, plain(name));

const none = "No sessions yet. Create one here, or from your app.";
const columns = "Session|Clients|Streams|State|Created";
const cells = (it) => [sessionLink(it.sessionId, it.shortName, "a.open"), it.connections, it.streams, tags(it), age(it.createdAt)];
export const sessionTable = (items) => (items.length ? table("Sessions", columns, items, "sessionId", cells) : empty(none));

export const sessions = list({
	title: "Sessions", path: "sessions", key: "sessionId", at: "createdAt", one: "session", columns, cells, none,
	top: { draw: create },
	filters: (filter, set) => search("Search ids, names and data", filter.q, set("q")),
	on(event, data, known) {
		const session = data.sessionId ?? data.body?.sessionId;
		return (event === "session" || known(session)) && session;
	},
});
