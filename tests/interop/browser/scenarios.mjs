// What happens in rooms of web pages.

import assert from "node:assert/strict";

const types = (events) => events.map(({ on, type }) => `${on} ${type}`);

/** Events in their order, without the kinds that are not looked at. */
const log = async (tab, ...on) => (await tab.run("log")).filter((it) => on.includes(it.on));

export async function withoutExceptions(...tabs) {
  for (const tab of tabs) assert.deepEqual(tab.exceptions(), []);
}

/** The bytes of video that the first subscriber received. */
export const bytes = "new Promise((done, failed) => OT.subscribers.find().getStats((error, stats) => error ? failed(error) : done(stats.video.bytesReceived)))";

export const scenarios = {
  async video({ room }) {
    const [ann, bob] = await (await room()).pair();
    for (const tab of [ann, bob]) {
      const before = await tab.run(bytes);
      await tab.until("more bytes", `${bytes}.then((bytes) => bytes > ${before})`);
      assert.equal(await tab.run("videos()[0].videoWidth"), 320);
      assert.equal(await tab.run("OT.subscribers.find().stream.name"), tab === ann ? "Bob" : "Ann");
      // The page has the elements that apps look for.
      assert.equal(await tab.run(`document.querySelectorAll("#subscribers .OT_root.OT_subscriber .OT_widget-container video").length`), 1);
      assert.equal(await tab.run("session.capabilities.publish"), 1);
      assert.equal(await tab.run("publisher.getVideoSource().type"), "camera");
    }
    const own = await ann.run("session.connection.connectionId");
    const order = await log(ann, "session");
    assert.deepEqual(types(order).slice(0, 4), ["session sessionConnected", "session connectionCreated", "session connectionCreated", "session streamCreated"]);
    assert.equal(order[1].connection, own, "its own connection first");
    assert.deepEqual(types(await log(ann, "publisher")).slice(0, 3), ["publisher accessAllowed", "publisher videoElementCreated", "publisher streamCreated"]);
    // The second one finds the first one's stream when it comes.
    assert.equal((await log(bob, "session")).filter(({ type }) => type === "streamCreated").length, 1);

    // Who and what is there is known from the first event on.
    const [there] = await log(bob, "collections");
    assert.deepEqual([there.connections, there.streams], [2, 1]);
    await bob.until("both streams", "session.streams.length() === 2");
    assert.deepEqual((await bob.run("session.streams.map(({ name }) => name)")).sort(), ["Ann", "Bob"]);
    assert.equal(await bob.run(`session.connections.get(${JSON.stringify(own)}).connectionId`), own);

    // Video off is told, shown, and undone.
    await ann.run("publisher.publishVideo(false)");
    await bob.until("no video", `heard("videoDisabled").some(({ reason }) => reason === "publishVideo")`);
    const [changed] = (await log(bob, "session")).filter(({ changedProperty }) => changedProperty === "hasVideo");
    assert.deepEqual([changed.oldValue, changed.newValue], [true, false]);
    await ann.run("publisher.publishVideo(true)");
    await bob.until("video again", `heard("videoEnabled").length === 1`);

    await ann.run("session.disconnect()");
    await ann.until("the end", `heard("sessionDisconnected").some(({ reason }) => reason === "clientDisconnected")`);
    await bob.until("an empty room", `heard("connectionDestroyed").length === 1 && videos().length === 0`);
    const end = (await log(bob, "session", "subscriber")).slice(-3);
    assert.deepEqual(types(end), ["session streamDestroyed", "subscriber destroyed", "session connectionDestroyed"]);
    assert.equal(await ann.run("session.isConnected()"), false);
    const left = "[session.connections.length(), session.streams.length()]";
    assert.deepEqual([await ann.run(left), await bob.run(left)], [[0, 0], [1, 1]]);
    await withoutExceptions(ann, bob);
  },

  async join({ browser, room, control, url }) {
    const { session, path } = await room();
    await control("POST", `${path}/clients`, { role: "publisher", data: "Simulated", publish: [{ name: "Simulated", videoType: "camera" }] });
    const tab = await browser.open(`${url}/#/session/${encodeURIComponent(session)}`);
    const press = (label) => `[...document.querySelectorAll("button")].find(({ innerText }) => innerText === "${label}")?.click()`;
    await tab.until("the button", `[...document.querySelectorAll("button")].some(({ innerText }) => innerText === "Join with this camera")`);
    await tab.run(press("Join with this camera"));
    await tab.until("both videos", `[...document.querySelectorAll("dialog video")].filter(({ videoWidth }) => videoWidth > 0).length === 2`);
    const streams = async () => (await control("GET", path)).streams.map(({ name }) => name).sort();
    assert.deepEqual(await streams(), ["Simulated", "This page"]);
    await tab.run(press("Close"));
    await tab.until("its tile gone", `document.querySelectorAll(".tile").length === 1`);
    assert.deepEqual(await streams(), ["Simulated"]);
    await withoutExceptions(tab);
  },

  async chat({ room }) {
    const [ann, bob] = await (await room()).pair();
    const own = await ann.run("session.connection.connectionId");
    await ann.run(`session.signal({ type: "chat", data: "hello" }, failed("signal"))`);
    for (const tab of [ann, bob]) {
      await tab.until("the text", `heard("signal:chat").length === 2`);
      const texts = await log(tab, "signal", "chat");
      assert.deepEqual(texts.map(({ on, type, data, from }) => [on, type, data, from]), [
        ["signal", "signal:chat", "hello", own],
        ["chat", "signal:chat", "hello", own],
      ]);
    }
    await ann.run(`session.signal({ data: "x".repeat(9000) }, failed("long"))`);
    await ann.until("the refusal", `log.some(({ on }) => on === "long")`);
    const [refused] = await log(ann, "long");
    assert.deepEqual([refused.error, refused.code], ["OT_INVALID_PARAMETER", 1413]);
    await withoutExceptions(ann, bob);
  },

  async screen({ room }) {
    const [ann, bob] = await (await room()).pair();
    await ann.run(`
      var screen = OT.initPublisher("publisher", { videoSource: "screen", insertMode: "append", name: "slides" }, failed("screen"));
      screen.on("mediaStopped streamDestroyed destroyed", (event) => note("screen", event));
      session.publish(screen, failed("publish screen")); true`);
    await bob.until("the screen", "videos().length === 2");
    const [stream] = (await log(bob, "session")).filter(({ name }) => name === "slides");
    assert.equal(stream.kind, "screen");
    assert.equal(await ann.run("screen.getVideoSource().type"), "screen");
    // As when the user presses the browser's own button.
    await ann.run(`screen.getVideoSource().track.dispatchEvent(new Event("ended"))`);
    await bob.until("the end of the screen", `heard("streamDestroyed").some(({ reason }) => reason === "mediaStopped")`);
    await ann.until("the publisher's end", `heard("destroyed", "screen").length === 1`);
    assert.deepEqual(types(await log(ann, "screen")), ["screen mediaStopped", "screen streamDestroyed", "screen destroyed"]);
    assert.equal(await bob.run("videos().length"), 1);
    await withoutExceptions(ann, bob);
  },

  async mute({ room, rest }) {
    const here = await room();
    const [ann, bob] = await here.pair();
    const stream = await ann.run("publisher.stream.streamId");
    await rest("POST", `session/${here.session}/stream/${stream}/mute`);
    await ann.until("the mute", `heard("muteForced", "publisher").length === 1`);
    assert.equal(await ann.run("publisher.getAudioSource().enabled"), false);
    await bob.until("the change", `heard("streamPropertyChanged").some(({ changedProperty, newValue }) => changedProperty === "hasAudio" && newValue === false)`);
    await ann.run("publisher.publishAudio(true)");
    await bob.until("the sound again", `heard("streamPropertyChanged").some(({ changedProperty, newValue }) => changedProperty === "hasAudio" && newValue === true)`);
    await rest("POST", `session/${here.session}/mute`, { active: true, excludedStreamIds: [stream] });
    await bob.until("the mute of all", `heard("muteForced", "publisher").length === 1`);
    for (const tab of [ann, bob]) assert.equal((await log(tab, "session")).filter(({ type }) => type === "muteForced")[0].active, true);
    assert.equal((await log(ann, "publisher")).filter(({ type }) => type === "muteForced").length, 1, "it is excepted");
    await withoutExceptions(ann, bob);
  },

  async disconnect({ room, rest }) {
    const here = await room();
    const [ann, bob] = await here.pair();
    await rest("DELETE", `session/${here.session}/connection/${await ann.run("session.connection.connectionId")}`);
    await ann.until("the end", `heard("sessionDisconnected").some(({ reason }) => reason === "forceDisconnected")`);
    await bob.until("the other's end", `heard("connectionDestroyed").some(({ reason }) => reason === "forceDisconnected")`);
    assert.equal(await ann.run("videos().length"), 0, "its subscribers leave the page");
    assert.equal((await log(ann, "publisher")).at(-2).reason, "forceDisconnected");
    const last = (await log(ann, "session", "publisher")).slice(-3);
    assert.deepEqual(types(last), ["publisher streamDestroyed", "publisher destroyed", "session sessionDisconnected"]);
    await withoutExceptions(ann, bob);
  },

  async archive({ browser, room, rest, control }) {
    const here = await room();
    const [ann, bob] = await here.pair();
    const archive = await rest("POST", "archive", { sessionId: here.session, name: "Weekly" });
    for (const tab of [ann, bob]) {
      await tab.until("the start", `heard("archiveStarted").some(({ id, name }) => id === "${archive.id}" && name === "Weekly")`);
    }
    const late = await here.tab("Cem", { publishes: false });
    await late.until("the start for who comes later", `heard("archiveStarted").length === 1`);
    await control("POST", "clock/advance", { seconds: 3 });
    await rest("POST", `archive/${archive.id}/stop`);
    for (const tab of [ann, bob]) await tab.until("the stop", `heard("archiveStopped").length === 1`);
    await control("POST", "clock/advance", { seconds: 1 });
    const { status, url, duration } = await rest("GET", `archive/${archive.id}`);
    assert.equal(status, "available");
    // As the user opens the link.
    const player = await browser.open(url);
    await player.until("a picture", `(() => {
      const video = document.querySelector("video");
      return video?.videoWidth === 640 && video.videoHeight === 480 && (video.currentTime > 0 || video.ended);
    })()`);
    const length = await player.run("document.querySelector('video').duration");
    assert.ok(Math.abs(length - duration) < 1, `${length} s for ${duration} s`);
    await withoutExceptions(ann, bob);
  },

  async tokens({ room, control }) {
    const here = await room();
    const old = await here.token();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await control("POST", "clock/advance", { seconds: 25 * 3600 });
    const good = await here.token();
    for (const [token, code, name] of [
      [old, 1004, "OT_AUTHENTICATION_ERROR"],
      [`${good.slice(0, -6)}AAAAAA`, 1004, "OT_AUTHENTICATION_ERROR"],
      [await (await room()).token(), 1004, "OT_AUTHENTICATION_ERROR"],
    ]) {
      const tab = await here.tab("Ann", { token, publishes: false });
      await tab.until("the refusal", `log.some(({ on }) => on === "connect")`);
      const [refused] = await log(tab, "connect");
      assert.deepEqual([refused.error, refused.code], [name, code]);
      assert.equal(await tab.run("session.connection"), undefined);
      await tab.until("the exception", `log.some(({ title }) => title === "${name}")`);
    }
    const tab = await here.tab("Ann", { role: "subscriber", publishes: true });
    await tab.until("the refusal to publish", `log.some(({ on }) => on === "publish")`);
    const [refused] = await log(tab, "publish");
    assert.deepEqual([refused.error, refused.code], ["OT_PERMISSION_DENIED", 1500]);
    await withoutExceptions(tab);
  },

  async rotation({ room, control }) {
    const here = await room();
    const stays = await here.tab("Ann", { options: { sessionMigration: true } });
    const goes = await here.tab("Bob");
    for (const tab of [stays, goes]) await tab.until("the other one's video", "videos().length === 1");
    await control("POST", `${here.path}/rotation`, { rotation: "happen" });
    await stays.until("the new server", `heard("sessionReconnected").length === 1`);
    const order = types(await log(stays, "session")).filter((it) => it.includes("Reconnect"));
    assert.deepEqual(order, ["session sessionReconnecting", "session sessionReconnected"]);
    await goes.until("the end", `heard("sessionDisconnected").some(({ reason }) => reason === "forceDisconnected")`);
    await withoutExceptions(stays, goes);
  },

  async cut({ room, control }) {
    const here = await room();
    const [ann, bob] = await here.pair();
    const id = await ann.run("session.connection.connectionId");
    await control("POST", `${here.path}/clients/${id}/cut`);
    // What is said meanwhile is not lost, in either direction.
    await bob.run(`session.signal({ data: "to Ann" }); true`);
    await ann.until("the loss", `heard("sessionReconnecting").length === 1`);
    await ann.run(`session.signal({ data: "from Ann" }); true`);
    await ann.until("the resumption", `heard("sessionReconnected").length === 1`);
    await ann.until("what was said meanwhile", `heard("signal").some(({ data }) => data === "to Ann")`);
    await bob.until("what was said meanwhile", `heard("signal").some(({ data }) => data === "from Ann")`);
    assert.equal(await bob.run(`heard("connectionDestroyed").length`), 0);
    assert.equal(await ann.run(`heard("connectionCreated").length`), 2, "nothing is told twice");

    // While the network is down, others see it go; the page itself learns it when it is up again.
    await control("POST", "faults", { do: "cut" });
    await ann.until("the loss", `heard("sessionReconnecting").length === 2`);
    await control("POST", "clock/advance", { seconds: 11 });
    await control("DELETE", "faults");
    for (const tab of [ann, bob]) await tab.until("the end", `heard("sessionDisconnected").some(({ reason }) => reason === "networkDisconnected")`);
    await withoutExceptions(ann, bob);
  },

  async crowd({ room }) {
    for (let round = 0; round < 5; round += 1) {
      const here = await room();
      const tabs = await Promise.all(["Ann", "Bob", "Cem", "Dan"].map((name) => here.tab(name)));
      for (const tab of tabs) await tab.until(`three videos in round ${round}`, "videos().length === 3");
      await withoutExceptions(...tabs);
      for (const tab of tabs) await tab.close();
    }
  },

  async captions({ room, rest, control }) {
    const here = await room();
    const [ann, bob] = await here.pair();
    await rest("POST", "captions", { sessionId: here.session, token: await here.token("moderator") });
    await ann.run("publisher.publishCaptions(true)");
    await bob.until("captions", `heard("streamPropertyChanged").some(({ changedProperty, newValue }) => changedProperty === "hasCaptions" && newValue)`);
    await bob.run("OT.subscribers.find().subscribeToCaptions(true)");
    await control("POST", `${here.path}/captions`, { streamId: await ann.run("publisher.stream.streamId"), caption: "hello", isFinal: true });
    await bob.until("the caption", `heard("captionReceived").length === 1`);
    await withoutExceptions(ann, bob);
  },

  /** An app that brings its own elements, and watches its own stream. */
  async bare({ room }) {
    const tab = await (await room()).tab("Ann", { publishes: false });
    await tab.until("the session", "session.isConnected()");
    await tab.run(`
      var elements = [];
      const videoFilter = { type: "backgroundBlur", blurStrength: "high" };
      publisher = OT.initPublisher(undefined, { insertDefaultUI: false, resolution: "320x240", frameRate: 5, videoFilter }, failed("initPublisher"));
      var early = publisher.getVideoSource();
      publisher.on("videoElementCreated", ({ element }) => { elements.push(element); document.body.append(element); });
      publisher.on("streamCreated", ({ stream }) => {
        const own = session.subscribe(stream, undefined, { insertDefaultUI: false, audioVolume: 0 }, failed("own"));
        own.on("videoElementCreated", ({ element }) => { elements.push(element); document.body.append(element); });
        own.on("connected audioLevelUpdated", (event) => note("own", event));
      });
      session.publish(publisher, failed("publish")); true`);
    assert.deepEqual(await tab.run("early"), { deviceId: null, type: null, track: null }, "before the camera is open");
    await tab.until("both pictures", "elements.length === 2 && elements.every((it) => it.videoWidth === 320 && it.currentTime > 0)");
    await tab.until("the own stream", `heard("connected", "own").length === 1`);
    assert.equal(await tab.run("publisher.getVideoFilter().type"), "backgroundBlur", "a filter that was given is kept");
    assert.equal(await tab.run("OT.subscribers.find().videoElement() === elements[1] && publisher.videoElement() === elements[0]"), true);
    await tab.until("its sound", `heard("audioLevelUpdated").some(({ audioLevel }) => audioLevel > 0)`);
    assert.equal(await tab.run(`document.querySelectorAll(".OT_root").length`), 0);
    assert.equal(await tab.run("OT.subscribers.find() === session.getSubscribersForStream(publisher.stream)[0]"), true);

    // Another source, a processor and a picture: the stream stays the same.
    const stream = await tab.run("publisher.stream.streamId");
    await tab.run(`(async () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
      canvas.getContext("2d").fillRect(0, 0, 64, 48);
      setInterval(() => canvas.getContext("2d").fillRect(0, 0, 64, 48), 100);
      const [track] = canvas.captureStream(5).getVideoTracks();
      let destroyed = false;
      await publisher.setVideoMediaProcessorConnector({ setTrack: async () => track, destroy: async () => { destroyed = true; } });
      window.removed = () => destroyed;
    })()`);
    await tab.until("the processed picture", "elements[1].videoWidth === 64");
    assert.equal((await tab.run("OT.subscribers.find().getImgData()")).startsWith("iVBOR"), true, "a PNG");
    await tab.run("publisher.setVideoMediaProcessorConnector(null)");
    await tab.until("the camera again", "elements[1].videoWidth === 320 && removed()");
    await tab.run("publisher.setAudioSource('default')");
    const { deviceId } = await tab.run("publisher.cycleVideo()");
    assert.equal(await tab.run("publisher.getVideoSource().deviceId"), deviceId);
    assert.equal(await tab.run("publisher.stream.streamId"), stream);
    await tab.run("publisher.destroy(); true");
    await tab.until("the end", "elements.every((it) => it.srcObject === null) && !OT.subscribers.find() && !OT.publishers.find()");
    await withoutExceptions(tab);
  },

  /** Sounds of 20 ms, two a second: none falls between two measurements of the level. */
  async level({ room }) {
    const tab = await (await room()).tab("Ann", { publishes: false });
    await tab.run(`
      const context = new AudioContext();
      const sound = context.createMediaStreamDestination();
      const volume = new GainNode(context, { gain: 0 });
      const oscillator = new OscillatorNode(context);
      oscillator.connect(volume).connect(sound);
      oscillator.start();
      const [audioSource] = sound.stream.getAudioTracks();
      const levels = [];
      publisher = OT.initPublisher(undefined, { insertDefaultUI: false, videoSource: null, audioSource }, failed("initPublisher"));
      publisher.on("audioLevelUpdated", ({ audioLevel }) => levels.push(audioLevel));
      publisher.on("accessAllowed", () => {
        for (let beep = 0; beep < 10; beep += 1) {
          volume.gain.setValueAtTime(0.5, context.currentTime + 1 + beep * 0.53);
          volume.gain.setValueAtTime(0, context.currentTime + 1.02 + beep * 0.53);
        }
      }); true`);
    await tab.until("ten sounds", "levels.filter((level, at) => level > 0.01 && !(levels[at - 1] > 0.01)).length === 10");
    await withoutExceptions(tab);
  },

  /** Every member that is declared is there, a method as a function; and what has no effect says so. */
  async members({ room, url }) {
    const [tab] = await (await room()).pair();
    const text = await fetch(`${url}/_emulator/client/client.d.ts`).then((it) => it.text());
    const checked = { OT: 0, Session: 0, Publisher: 0, Subscriber: 0 };
    const objects = { OT: "OT", Session: "session", Publisher: "publisher", Subscriber: "OT.subscribers.find()" };
    const body = (name) => text.match(new RegExp(`(?:class|interface) ${name}(?: extends (\\w+))? \\{\\n([\\s\\S]*?)\\n\\s*\\}\\n`));
    for (const [name, object] of Object.entries(objects)) {
      for (let [, parent, members] = body(name); members; [, parent, members] = parent ? body(parent) : []) {
        for (const [, member, optional, rest] of members.matchAll(/^\s+(?:readonly )?(\w+)(\??)(\(|:)/gm)) {
          const type = await tab.run(`typeof ${object}.${member}`);
          if (rest === "(") assert.equal(type, "function", `${name}.${member}`);
          else assert.ok(optional || type !== "undefined", `${name}.${member}`);
          checked[name] += 1;
        }
      }
    }
    assert.ok(checked.OT > 25 && checked.Session > 25 && checked.Publisher > 35 && checked.Subscriber > 20, JSON.stringify(checked));
    await tab.run("OT.setProxyUrl('x'); OT.setProxyUrl('x'); OT.neverHeardOf; session.setIceConfig({}); true");
    const said = tab.console().filter((line) => line.startsWith("vonage-video emulator"));
    assert.equal(said.filter((line) => line.includes("setProxyUrl")).length, 1, "once");
    assert.ok(said.some((line) => line.includes("OT.neverHeardOf")));
    assert.ok(said.some((line) => line.includes("not the vendor's")));
    // The module has the same members.
    const exported = await tab.run(`import(${JSON.stringify(`${url}/_emulator/client/client.mjs`)}).then((it) => Object.keys(it))`);
    const named = await tab.run("Object.keys(OT).filter((name) => name === name.toLowerCase() || /^[a-z]/.test(name))");
    assert.deepEqual(exported.filter((name) => name !== "default").sort(), named.sort());
    await withoutExceptions(tab);
  },
};
