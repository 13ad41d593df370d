// One session: who is in it, what can be done to it, and what happened in it.

import { button, copy, count, empty, form, get, gone, h, heading, id, input, later, many, moment, perform, plain, post, redraw, rows, search, select, tag, tags, text, time } from "./app.js";
import { layout } from "./layout.js";
import { tile } from "./tile.js";

/** Most clients shown. */
const MOST = 100;
const NAMES = ["Ada", "Björk", "张伟", "محمد", "Eve", "Grace", "Kofi", "Noor", "Priya", "Yuki"];
export const ROLES = ["publisher", "moderator", "subscriber", "publisheronly"];

/** Most entries shown. */
const LONGEST = 200;
const KINDS = [["", "everything"], "request", "event", ["notice", "message"], ["delivery", "webhook"]];

function timeline(path) {
	let items = [], wanted = "";
	const load = async () => {
		const found = await get(`${path}/timeline`, { count: LONGEST, after: items.at(-1)?.entry });
		items = [...items, ...found.items].slice(-LONGEST);
	};
	return {
		load,
		draw() {
			const shown = items.filter((it) => !wanted || it.kind === wanted).toReversed();
			return h("section", h("h3", "Timeline"), select("Show", "kind", KINDS, wanted, (value) => { wanted = value; redraw(); }),
				shown.length ? rows("ol.list", shown.map(({ entry, at, kind, words: { title, about, outcome, good, link } }) => ({ key: entry, build: () => h("li", h("time", time(at)), kind === "delivery" && " webhook", " ",
					link ? h("a", { href: `#/${link}` }, text(title)) : h("b", plain(title)), " ", text(about), outcome && tag(outcome, good === true ? "good" : good === false && "bad")) }))) : empty("Nothing has happened yet."));
		},
	};
}

export function room({ args: [session] }) {
	const path = `sessions/${id(session)}`;
	const log = timeline(path);
	const preview = layout();
	let it, q, added = 0;

	const load = async () => {
		[it] = await Promise.all([get(path, { clients: MOST, q }), log.load()]);
		await preview.load(it.streams);
	};
	const reload = later(load);
	const on = (label, operation, input) => button(label, () => perform(operation, { sessionId: session, ...input }));
	const running = (what, start, input) => (it[`${what}s`].length ? it[`${what}s`].map((own) => on(`Stop ${what}`, `stop_${what}`, { [`${what}Id`]: own })) : on(start, `start_${what}`, input));
	const add = async ({ clients, role, video, name }) => {
		for (let each = 0; each < clients; each += 1) {
			const data = name || NAMES[added++ % NAMES.length];
			await post(`${path}/clients`, { role, data, publish: video && role !== "subscriber" ? [{ name: data, videoType: video, hasVideo: video !== "custom" }] : [] });
		}
	};

	return {
		title: () => `Session ${it?.shortName ?? ""}`,
		load,
		on: (event, data) => [data.sessionId, data.body?.sessionId, data.session].includes(session) && reload(),
		draw() {
			if (this.gone || !it) return gone("session", "sessions");
			return [heading(`Session ${it.shortName} `, h("small", tags(it))),
				h("p", h("code", session), " ", copy(session, "the session id"), ` since ${moment(it.createdAt)}`),
				h("div.bar", running("archive", "Record"), running("broadcast", "Broadcast", { outputs: { hls: {} } }),
					it.captionsId ? on("Stop captions", "stop_captions", { captionsId: it.captionsId }) : on("Start captions", "start_captions"),
					it.forceMute ? on("Lift mute", "disable_force_mute") : on("Mute all", "mute_all"),
					button("Rotate server", () => post(`${path}/rotation`, { rotation: "happen" })), button("Join with this camera", async () => (await import("./join.js")).join(session)),
					["archives", "broadcasts", "requests", "tokens"].map((to) => h("a", { href: `#/${to}?session=${id(session)}` }, to))),
				h("div.split", h("section", h("h3", `In the room (${many(it.clients)})`),
					form("Add", add, select("Clients", "clients", ["1", "5", "20"]), input("Name", "name", { size: 8, placeholder: "any" }), select("Role", "role", ROLES), select("Publishes", "video", ["camera", "screen", ["custom", "audio only"], ["", "nothing"]])),
					it.clients > MOST && h("div.bar", search("Find a client", q, (value) => { q = value; reload(); }), `${many(it.connections.length)} of ${count(it.clients, "client")}`),
					it.connections.length ? rows("ul.tiles", it.connections.map((client) => tile(path, it, client))) : empty(it.clients ? "Nobody matches." : "Nobody is here."),
					preview.draw(),
					form("Send", ({ type, data }) => perform("signal_session", { sessionId: session, type: type || undefined, data }), input("Signal to all", "data", { required: true }), input("Type", "type", { size: 8 }))),
				log.draw())];
		},
	};
}
