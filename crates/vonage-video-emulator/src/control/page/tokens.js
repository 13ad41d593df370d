// Client tokens: what one says, and new ones of the demo projects.

import { copy, form, h, heading, input, number, plain, post, redraw, select, tag } from "./app.js";
import { ROLES } from "./room.js";

export function tokens({ query: { session } }) {
	let found, minted;
	return {
		title: () => "Tokens",
		load: async () => {},
		draw: () => [heading("Tokens"), h("div.split",
			h("section", h("h3", "Inspect a token"), form("Inspect", async (token) => { found = await post("tokens/inspect", token); redraw(); }, input("Token", "token", { rows: 6, required: true }, "textarea")),
				found && [tag(found.valid ? "valid here and now" : "would be refused", found.valid ? "good" : "bad"), found.sessionIsHere === false && tag("its session is not here", "bad"), h("pre", plain(found.text))]),
			h("section", h("h3", "Mint a token"), form("Mint", async (data) => { minted = (await post("tokens", { ...data, ttlSeconds: Number(data.ttl) })).token; redraw(); },
				input("Session id", "sessionId", { value: session, required: true }), select("Role", "role", ROLES), input("Data", "data"), number("Seconds", "ttl", 86400)),
			minted && h("div.code", h("code", minted), copy(minted, "the token"))))],
	};
}
