// The first view: where the emulator is, how to point each SDK at it, and what is going on.

import { app, copy, get, h, heading, many, plain, redraw, select, text } from "./app.js";
import { requestTable } from "./requests.js";
import { create, sessionTable } from "./sessions.js";

const CARDS = { sessions: "sessions", clients: "sessions", recording: "archives", live: "broadcasts", refused: "requests?refused=true", undelivered: "webhooks?failed=true" };
const code = (content, of) => h("div.code", h("code", plain(content)), copy(content, of));
const sdks = {};

function point({ environment, id, shell, snippets }) {
	const chosen = snippets.find(({ sdk }) => sdk === sdks[id]) ?? snippets[0];
	return h("section", h("h3", environment, " ", h("small", text(id))), code(shell, `the variables of ${environment}`),
		select("Code for", "sdk", snippets.map(({ sdk }) => sdk), chosen.sdk, (sdk) => { sdks[id] = sdk; redraw(); }), code(chosen.code, `the code for ${chosen.sdk}`), chosen.note && h("p", text(chosen.note)));
}

export function overview() {
	let recent, refused;
	const load = async () => {
		[recent, refused] = (await Promise.all([get("sessions", { count: 5 }), get("requests", { newest: true, count: 5, refused: true })])).map((it) => it.items);
	};
	return {
		title: () => "Overview",
		load,
		counts: load,
		draw: () => [heading("Overview"), h("p", "A local Video API at ", h("code", app.overview.url), " ", copy(app.overview.url, "the address"), " Everything is forgotten when it ends."),
			h("ul.cards", Object.entries(CARDS).map(([of, path]) => h("li", h("a", { href: `#/${path}` }, h("b", many(app.overview.counts[of])), ` ${of}`)))),
			h("h2", "Point your app here"), h("div.split", app.overview.projects.map(point)),
			h("div.split", h("section", h("h2", "Latest sessions"), create(), sessionTable(recent)),
				h("section", h("h2", "Latest refusals"), requestTable(refused)))],
	};
}
