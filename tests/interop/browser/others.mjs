// Who else is in a room of web pages: simulated clients, telephones, and a page that breaks the rules.

import assert from "node:assert/strict";

import { bytes, withoutExceptions } from "./scenarios.mjs";

export const others = {
  async simulated({ room, control }) {
    const here = await room();
    const people = Array.from({ length: 9 }, (_, number) => ({ name: `Person ${number}` }));
    for (const person of people) await control("POST", `${here.path}/clients`, { role: "publisher", publish: [person] });
    const tab = await here.tab("Ann");
    await tab.until("nine drawn pictures", "videos().length === 9");
    assert.deepEqual((await tab.run("OT.subscribers.where().map(({ stream }) => stream.name)")).sort(), people.map(({ name }) => name));
    await withoutExceptions(tab);
  },

  /** Somebody on the telephone: a drawn picture where the call has video, and a tone in any case. */
  async telephone({ room, rest }) {
    const here = await room();
    const tab = await here.tab("Ann");
    await tab.until("the publisher", `heard("streamCreated", "publisher").length === 1`);
    const dial = async (from, video) => rest("POST", "dial", {
      sessionId: here.session, token: await here.token(), sip: { uri: "sip:somebody@example.com", from, video },
    });
    const seen = await dial("seen@example.com", true);
    const heard = await dial("heard@example.com", false);
    await tab.until("the picture", "videos().length === 1");
    const caller = (name) => `OT.subscribers.find(({ stream }) => stream.name === "${name}")`;
    await tab.until("both callers", `!!${caller("seen@example.com")} && !!${caller("heard@example.com")}`);
    const pictures = `${caller("seen@example.com")}.getImgData()`;
    const first = await tab.run(pictures);
    assert.ok(first.startsWith("iVBOR"), "a PNG");
    await tab.until("another picture", `${pictures} !== ${JSON.stringify(first)}`);
    for (const name of ["seen@example.com", "heard@example.com"]) {
      await tab.run(`${caller(name)}.on("audioLevelUpdated", (event) => note("${name}", event)); true`);
      await tab.until("the tone", `heard("audioLevelUpdated", "${name}").some(({ audioLevel }) => audioLevel > 0.001)`);
    }
    for (const { connectionId } of [seen, heard]) await rest("DELETE", `session/${here.session}/connection/${connectionId}`);
    await tab.until("an empty room", `heard("streamDestroyed", "session").length === 2 && !OT.subscribers.find()`);
    await withoutExceptions(tab);
  },

  /** A page that breaks the rules spoils nothing for the others. */
  async hostile({ room, url }) {
    const here = await room();
    const [ann, bob] = await here.pair();
    const eve = await here.tab("Eve", { publishes: false });
    const refused = await eve.run(`(async () => {
      const socket = new WebSocket("${url.replace("http", "ws")}/_emulator/rtc");
      await new Promise((done) => { socket.onopen = done; });
      const waiting = new Map();
      const ask = (request) => new Promise((done) => {
        const id = waiting.size + 1;
        waiting.set(id, done);
        socket.send(JSON.stringify({ id, ...request }));
      });
      const nonsense = [
        null, 7, "x", [], {}, { description: null }, { description: 7 }, { description: { type: "offer", sdp: "v=0" } },
        { description: { type: "answer", sdp: "" } }, { candidate: 7 }, { candidate: { candidate: "nonsense", sdpMid: "0" } },
      ];
      const spoil = (peer, side) => Promise.all(nonsense.map((body) => ask({ do: "rtc", peer, side, body })));
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.re) waiting.get(message.re)(message);
        else if (message.relay === "wanted") spoil(message.peer, "publisher");
      };
      const { ok } = await ask({ do: "connect", sessionId, token });
      await ask({ do: "publish", name: "<img src=x onerror=alert(1)>", initials: "<script>alert(2)</script>" });
      for (const type of ["__proto__", "constructor", "toString"]) await ask({ do: "signal", type, data: "{" });
      let refused = 0;
      for (const { streamId } of ok.soFar.filter(({ notice }) => notice === "streamCreated")) {
        for (let count = 0; count < 20; count += 1) {
          const { ok: subscribed } = await ask({ do: "subscribe", streamId });
          if (subscribed) await spoil(subscribed.peer, "subscriber");
          else refused += 1;
        }
      }
      return refused;
    })()`);
    assert.equal(refused, 20, "ten subscriptions to each of two streams");
    const cem = await here.tab("Cem");
    for (const tab of [ann, bob, cem]) {
      await tab.until("two videos", "videos().length === 2");
      assert.equal(await tab.run("document.querySelectorAll('img, #subscribers script').length"), 0);
    }
    const before = await ann.run(bytes);
    await ann.until("more bytes", `${bytes}.then((bytes) => bytes > ${before})`);
    await withoutExceptions(ann, bob, cem);
  },
};
