// Joins a session with this camera, and shows every stream of it. Loaded when it is asked for.

import { dialog, h, post, say } from "./app.js";

let loading;

/** The client's script; an emulator without it is an error. */
const client = () => (loading ??= new Promise((done, failed) => {
	document.head.append(h("script", { src: "/v2/js/opentok.min.js", onload: () => done(window.OT), onerror: () => failed(new Error("This emulator was built without web pages.")) }));
}));

export async function join(sessionId) {
	const OT = await client();
	const { token } = await post("tokens", { sessionId, data: "This page" });
	const videos = h("div.bar");
	const told = (error) => error && say(error.message, true);
	const look = { insertMode: "append", width: 240, height: 180 };
	const session = OT.initSession(undefined, sessionId);
	session.on("streamCreated", ({ stream }) => session.subscribe(stream, videos, look, told));
	session.connect(token, (error) => (error ? told(error) : session.publish(OT.initPublisher(videos, { ...look, name: "This page" }, told), told)));
	dialog("In the room with this camera", videos);
	document.getElementById("dialog").addEventListener("close", () => session.disconnect(), { once: true });
}
