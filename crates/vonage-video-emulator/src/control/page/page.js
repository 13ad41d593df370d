// What the page does: it asks for the state once a second, and sends what the buttons say.

import { $, el, fill, picture } from "./dom.js";
import * as lists from "./lists.js";

const MOST_REQUESTS = 100;
let chosen = null;
let running = null;
/** The archive or broadcast whose picture is shown, as a path of the control API; else it is that of the chosen session. */
let drawn = null;

async function call(method, path, body) {
  const response = await fetch(`/_emulator/${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Error(answer?.message ?? `status ${response.status}`);
  return answer;
}

function say(error) {
  $("trouble").textContent = error ? error.message : "";
}

/** An action of a button, after which everything is shown anew. */
const act = (action) => async () => {
  try {
    await action();
    say(null);
  } catch (error) {
    say(error);
  }
  await show();
};

const inSession = (rest) => `sessions/${encodeURIComponent(chosen)}/${rest}`;

function publication(kind) {
  const name = `${kind} ${Math.floor(Math.random() * 1000)}`;
  return kind === "audio" ? { name, hasVideo: false } : { name, videoType: kind };
}

const clientActions = {
  publish: (id) => act(() => call("POST", inSession(`clients/${encodeURIComponent(id)}/streams`), publication($("publish").value || "camera")))(),
  moderate: (moderation) => act(() => call("POST", inSession("moderate"), moderation))(),
};

async function preview(path) {
  drawn = path;
  await act(async () => {})();
  $("picture").scrollIntoView({ block: "nearest" });
}

async function showSession() {
  const session = chosen === null ? null : await call("GET", `sessions/${encodeURIComponent(chosen)}`);
  $("session").hidden = session === null;
  if (session) {
    $("session-id").textContent = session.sessionId;
    fill($("clients"), session.connections.map((it) => lists.client(it, session.streams, clientActions)), "nobody is here");
  }
  await showPicture(session);
}

async function showPicture(session) {
  $("picture").hidden = !session && !drawn;
  $("picture-choices").hidden = drawn !== null;
  $("screenshare").disabled = $("layout").value !== "bestFit";
  if ($("picture").hidden) return;
  const scene = drawn
    ? await call("GET", drawn)
    : await call("POST", "layout", {
      type: $("layout").value,
      screenshareType: $("layout").value === "bestFit" && $("screenshare").value ? $("screenshare").value : null,
      resolution: $("resolution").value,
      streams: session.streams,
    });
  const signature = JSON.stringify([drawn, scene]);
  if ($("preview").dataset.signature === signature) return;
  $("preview").dataset.signature = signature;
  const [kind, id] = drawn ? drawn.split("/") : ["sessions", session.sessionId];
  const rest = scene.hidden.length ? `, ${scene.hidden.length} without a place` : "";
  $("picture-of").textContent = `${scene.type}, ${scene.width}x${scene.height}, ${scene.boxes.length} streams${rest}: ${kind.slice(0, -1)} ${lists.short(id)}`;
  $("preview").replaceChildren(picture(scene));
}

function showProjects(projects) {
  const ids = projects.map((project) => project.id).join();
  if ($("project").dataset.ids === ids) return;
  $("project").dataset.ids = ids;
  $("project").replaceChildren(...projects.map((project) => {
    const option = el("option", "", `${project.environment} ${project.id}`);
    option.value = project.id;
    return option;
  }));
}

async function show() {
  const [state, log, webhooks] = await Promise.all([
    call("GET", "state"),
    call("GET", `requests?bodies=redacted&latest=${MOST_REQUESTS}`),
    call("GET", "webhooks/deliveries?latest=50"),
  ]);
  running = state.running;
  $("clock").textContent = `${new Date(state.now).toISOString().replace("T", " ").slice(0, 19)} UTC, ${running ? "running" : "standing still"}`;
  $("run").textContent = running ? "Stand still" : "Run";
  showProjects(state.projects);
  const choose = (id) => { chosen = id; drawn = null; show().catch(say); };
  fill($("sessions"), state.sessions.items.map((it) => lists.session(it, it.sessionId === chosen, choose)), "none yet");
  fill($("archives"), state.archives.items.map((it) => lists.archive(it, preview)), "none yet");
  fill($("broadcasts"), state.broadcasts.items.map((it) => lists.broadcast(it, preview)), "none yet");
  for (const kind of ["sessions", "archives", "broadcasts"]) $(`${kind}-count`).textContent = state[kind].count;
  const services = [...state.renders.items.map(lists.render), ...state.captions.items.map(lists.captions)];
  if (state.calls) services.push(lists.calls(state.calls));
  fill($("services"), services, "none yet");
  const repeat = (number) => act(() => call("POST", `webhooks/deliveries/${Number(number)}/repeat`))();
  fill($("webhooks"), webhooks.items.toReversed().map((it) => lists.delivery(it, repeat)), "nothing was sent");
  fill($("faults"), state.faults.map(lists.fault), "no trouble");
  fill($("requests"), log.items.toReversed().map(lists.request), "none yet");
  await showSession();
}

document.querySelectorAll("[data-advance]").forEach((it) => {
  it.addEventListener("click", act(() => call("POST", "clock/advance", { seconds: Number(it.dataset.advance) })));
});
$("run").addEventListener("click", act(() => call("PUT", "clock", { running: !running })));
$("create").addEventListener("click", act(async () => {
  chosen = (await call("POST", "sessions", { project: $("project").value })).sessionId;
  drawn = null;
}));
$("join").addEventListener("click", act(() => {
  const kind = $("publish").value;
  return call("POST", inSession("clients"), { role: $("role").value, publish: kind ? [publication(kind)] : [] });
}));
for (const id of ["layout", "screenshare", "resolution"]) $(id).addEventListener("change", act(async () => {}));
$("fault-add").addEventListener("click", act(() => {
  const kind = $("fault-do").value;
  const actions = {
    status: { do: "status", status: Number($("fault-status").value) },
    delay: { do: "delay", seconds: 2 },
    reset: { do: "reset" },
    resetAfter: { do: "reset", afterEffect: true },
    truncate: { do: "truncate" },
    garble: { do: "garble" },
    tooMany: { do: "status", status: 429, retryAfter: 2 },
    refuse: { do: "refuse" },
  };
  return call("POST", "faults", { on: $("fault-on").value.trim() || null, times: Number($("fault-times").value), ...actions[kind] });
}));
$("fault-clear").addEventListener("click", act(() => call("DELETE", "faults")));

async function live() {
  try {
    await show();
    if ($("trouble").textContent === "the emulator does not answer") say(null);
  } catch {
    say(new Error("the emulator does not answer"));
  }
  setTimeout(live, 1000);
}
live();
