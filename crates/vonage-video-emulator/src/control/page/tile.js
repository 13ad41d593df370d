// A client in a room, with its streams and what can be done to it.

import { age, button, dialog, empty, get, h, id, plain, post, remove, tags, text } from "./app.js";

export function tile(path, session, it) {
	const { connectionId, role, kind, data, createdAt } = it;
	const streams = session.streams.filter((it) => it.connectionId === connectionId);
	const own = `${path}/clients/${id(connectionId)}`;
	const short = connectionId.slice(0, 8);
	const name = data || streams[0]?.name || short;
	const since = age(createdAt).replace(/\d+ seconds? ago/, "just now");
	const moderate = (label, moderation, of) => button(label, () => post(`${path}/moderate`, moderation), of);
	const publish = (videoType) => button(`+ ${videoType}`, () => post(`${own}/streams`, { name: plain(name), videoType }), name);
	const inbox = async () => {
		const { items } = await get(`${own}/inbox`);
		dialog(`Messages to ${name}`, items.length ? h("ol", items.slice(-200).map((it) => h("li", text(Object.values(it).filter(Boolean).join(" · "))))) : empty("No messages yet."));
	};
	return {
		key: connectionId,
		data: [it, streams, since],
		build: () => h(`li.tile.${kind}`, h("h4", text(name)), h("p", tags(it), ` ${since} `, h("code", short)),
			h("ul", streams.map((each) => h("li", text(each.name), tags(each),
				!each.muted && each.hasAudio && moderate("Mute", { mute: each.id }, each.name), moderate("Stop stream", { unpublish: each.id }, each.name)))),
			h("div.bar", kind === "client" && [role !== "subscriber" && [publish("camera"), publish("screen")], button("Inbox", inbox, name), button("Drop", () => remove(`${own}?reason=networkDisconnected`), name)],
				moderate("Disconnect", { disconnect: connectionId }, name))),
	};
}
