// Webhooks: where they go, and each delivery with its attempts.

import { app, attempt, button, check, form, get, h, id, input, number, post, remove, reread, say, tag, tags, text, time, tree } from "./app.js";
import { list } from "./list.js";
import { sessionLink } from "./sessions.js";

const FAULTS = [["twice", "twice"], ["out of order", "outOfOrder"], ["unsigned", "unsigned"], ["wrongly signed", "wronglySigned"]];
const FROM = "webhooks/deliveries";
let targets;

async function replay(it) {
	await post(`${FROM}/${it.number}/repeat`);
	say("Sent again.");
}

const detail = (it) => [h("h3", text(it.event), " ", tag(...attempt(it.latest))), h("p", `Delivery ${it.number} to `, text(it.url), it.signed ? ", signed" : ", unsigned"), button("Replay", () => replay(it), "", "replay"),
	h("h4", "Attempts"), h("ol", it.attempts.map((each) => h("li", time(each.at), " ", tag(...attempt(each))))), h("h4", "Body"), tree(it.body)];

const target = (it) => h("li", text(it.url), tags(it), button("Remove", () => remove(`webhooks?url=${id(it.url)}`), it.url));

async function add({ url, secret, late, ...faults }, it) {
	for (const name of Object.keys(faults)) faults[name] = true;
	await post("webhooks", { url, secret: secret || undefined, faults: { lateSeconds: Number(late), ...faults } });
	it.reset();
}

const top = {
	load: async () => { ({ targets } = await get("webhooks")); },
	on: (event) => event === "targets" && reread(top.load),
	draw: () => [h("h3", "Targets"), h("ul.list", targets.map(target)),
		form("Add target", add, input("URL", "url", { type: "url", required: true, placeholder: "http://127.0.0.1:3000/hooks" }), input("Secret", "secret"), number("Seconds late", "late", 0), FAULTS.map((it) => check(...it))), h("h3", "Deliveries")],
};

export const webhooks = list({
	title: "Webhooks", path: "webhooks", from: FROM, key: "number", one: "webhook", columns: "Time|Event|Outcome|Attempts|Signed|Session|Target", none: "No webhooks yet. Add a target.", detail, top,
	cells: (it) => [time(it.at), [h("a.open", { href: `#/webhooks/${it.number}` }, text(it.event)), it.status && tag(it.status)], tag(...attempt(it.latest)), [it.tries, it.nextAttempt && `, next ${time(it.nextAttempt)}`], it.signed ? "yes" : "no", sessionLink(it.session, it.sessionName), text(it.url)],
	filters: (filter, set) => check("undelivered only", "failed", filter.failed, set("failed")),
	aside: () => app.overview.counts.undelivered > 0 && button("Replay all undelivered", async () => { for (const it of (await get(FROM, { failed: true, summary: true })).items) await replay(it); }),
	on: (event, data) => event === "delivery" && data,
});
