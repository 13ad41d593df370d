// What each list shows.

import { el, button, tag } from "./dom.js";

export const short = (id) => (id.length > 20 ? `${id.slice(0, 8)}…${id.slice(-6)}` : id);
export const time = (at) => new Date(at).toISOString().slice(11, 19);
const size = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1048576).toFixed(1)} MiB`);

export function session(it, chosen, choose) {
  const counts = `${it.connections} clients, ${it.streams} streams`;
  return {
    key: [it, chosen],
    row: () => el("li", chosen ? "row chosen" : "row",
      button(short(it.sessionId), `Show session ${it.sessionId}`, () => choose(it.sessionId)), " ",
      tag(it.mediaMode), it.archiveMode === "always" ? tag("archived") : null, it.forceMute ? tag("muted") : null, counts),
  };
}

export function client(it, streams, act) {
  const own = streams.filter((stream) => stream.connectionId === it.connectionId);
  return {
    key: [it, own],
    row: () => el("li", "",
      el("div", "row", tag(it.kind === "client" ? it.role : it.kind), el("span", "id", short(it.connectionId)), it.data,
        it.kind === "client" ? button("Publish", `Publish for ${it.connectionId}`, () => act.publish(it.connectionId)) : null,
        button("Disconnect", `Disconnect ${it.connectionId}`, () => act.moderate({ disconnect: it.connectionId }))),
      ...own.map((stream) => el("div", "row",
        tag(stream.videoType ?? "audio"), stream.name || short(stream.id), stream.muted ? tag("muted", "bad") : null,
        ...stream.layoutClassList.map((name) => tag(name)),
        stream.muted ? null : button("Mute", `Mute ${stream.id}`, () => act.moderate({ mute: stream.id })),
        button("End", `End ${stream.id}`, () => act.moderate({ unpublish: stream.id }))))),
  };
}

const kindOf = (status) => (["failed", "expired", "error"].includes(status) ? "bad" : ["started", "available", "uploaded", "live"].includes(status) ? "good" : "");

export function archive(it, preview) {
  return {
    key: [it.id, it.status, it.size, it.reason, it.name],
    row: () => {
      const link = el("a", "", "download");
      // Only the emulator's own links: nothing else may stand in an address.
      if (it.url?.startsWith(`${location.origin}/_emulator/files/`)) link.href = it.url;
      return el("li", "row", tag(it.status, kindOf(it.status)), it.name || short(it.id), " ", it.resolution ?? it.outputMode,
        it.size ? ` · ${size(it.size)} · ${it.duration} s ` : " ", it.reason ? `(${it.reason}) ` : "", it.url ? link : null, " ",
        button("Layout", `Show the layout of archive ${it.id}`, () => preview(`archives/${it.id}/layout`)));
    },
  };
}

export function broadcast(it, preview) {
  const urls = it.broadcastUrls;
  const targets = (urls?.rtmp ?? []).map((target) => tag(`rtmp ${target.status}`, kindOf(target.status)));
  return {
    key: [it.id, it.status, urls],
    row: () => el("li", "row", tag(it.status, kindOf(it.status)), short(it.id), " ", it.resolution, " ",
      urls?.hlsStatus ? tag(`hls ${urls.hlsStatus}`, kindOf(urls.hlsStatus)) : null, ...targets,
      button("Layout", `Show the layout of broadcast ${it.id}`, () => preview(`broadcasts/${it.id}/layout`))),
  };
}

export const render = (it) => ({
  key: [it.id, it.status],
  row: () => el("li", "", tag("page"), tag(it.status, kindOf(it.status)), it.name || short(it.id), " ", it.reason ?? ""),
});

export const captions = (it) => ({
  key: [it.captionId, it.status],
  row: () => el("li", "", tag("captions"), tag(it.status, kindOf(it.status)), short(it.captionId), " ", it.languageCode),
});

export const calls = (count) => ({ key: ["calls", count], row: () => el("li", "", tag("SIP"), `${count} calls`) });

export function delivery(it, repeat) {
  const last = it.attempts.at(-1)?.outcome;
  const outcome = !last ? "waiting" : last.status !== undefined ? String(last.status) : last.failed;
  return {
    key: [it.number, it.attempts.length, it.arrived],
    row: () => el("li", "row", tag(it.event), tag(outcome, it.arrived ? "good" : last ? "bad" : ""),
      `${it.attempts.length === 1 ? "1 attempt" : `${it.attempts.length} attempts`} to ${it.url}`, button("Again", `Send delivery ${it.number} again`, () => repeat(it.number))),
  };
}

export const fault = (it, index) => ({
  key: [index, it],
  row: () => el("li", "", tag(it.do), it.on ?? "any operation", it.status ? ` ${it.status}` : "", it.times === null ? "" : ` · ${it.times} times`),
});

export function request(it) {
  const bad = it.status === null || it.status >= 400;
  return {
    key: [it.number, it.status],
    row: () => {
      const details = el("details", "",
        el("summary", "", time(it.at), " ", tag(it.status ?? "no answer", bad ? "bad" : "good"), tag(it.operation ?? "?"), `${it.method} ${it.target}`),
        it.body ? el("pre", "", it.body) : null, it.response ? el("pre", "", it.response) : null);
      details.dataset.key = String(Number(it.number));
      return el("li", "", details);
    },
  };
}
