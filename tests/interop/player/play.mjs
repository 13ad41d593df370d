// Plays films in headless Chromium over a pipe: `node play.mjs`. BROWSER names the browser, and
// standard input has JSON: `{url, films: [{source, hls, duration, pictures: [{at, x, y, color}]}]}`.
// Exits with 0 when everything was as it should be, and says what was not.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as profiles from "../browser/profile.mjs";

const { url, films } = JSON.parse(readFileSync(0, "utf8"));
const profile = profiles.create("player");
const browser = spawn(process.env.BROWSER, [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
  "--autoplay-policy=no-user-gesture-required", `--user-data-dir=${profile}`, "--remote-debugging-pipe",
], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], env: { ...process.env, HOME: profile } });

let counted = 0;
let pending = "";
const waiting = new Map();
browser.stdio[4].on("data", (chunk) => {
  pending += chunk;
  const messages = pending.split("\0");
  pending = messages.pop();
  for (const message of messages.map((text) => JSON.parse(text))) waiting.get(message.id)?.(message);
});

function send(method, params = {}, sessionId = undefined) {
  counted += 1;
  const id = counted;
  browser.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  return new Promise((resolve, reject) => {
    waiting.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result)));
  });
}

let page;
async function run(expression) {
  const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true }, page);
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

// What runs in the page.
const inPage = `
  globalThis.wrong = [];
  globalThis.video = document.createElement("video");
  video.muted = true;
  video.addEventListener("error", () => wrong.push("video: " + video.error.message));
  globalThis.soon = async (what, is) => {
    for (let tries = 0; tries < 300; tries += 1) {
      if (wrong.length > 0) throw new Error(wrong.join("; "));
      if (is()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("never came: " + (what.call ? what() : what) + ", at " + video.currentTime + " of " + video.duration);
  };
  globalThis.open = async (source, hls) => {
    if (hls) {
      globalThis.player = new Hls({ startPosition: 0, ...hls });
      player.on(Hls.Events.ERROR, (_, data) => { if (data.fatal) wrong.push(data.type + " " + data.details + " " + data.error); });
      player.loadSource(source);
      player.attachMedia(video);
    } else {
      video.src = source;
    }
    await soon("the first picture", () => video.readyState >= 2);
  };
  globalThis.pixel = (x, y) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    const context = canvas.getContext("2d");
    context.drawImage(video, 0, 0);
    return [...context.getImageData(x, y, 1, 1).data].slice(0, 3);
  };
  // The picture may come a moment after the place is found.
  globalThis.shows = async (at, x, y, expected) => {
    const sought = new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
    video.currentTime = at;
    await sought;
    let found;
    const near = (value, index) => Math.abs(value - expected[index]) <= 12;
    await soon(() => expected + " at " + [x, y] + ", which is " + found, () => video.readyState >= 2 && (found = pixel(x, y)).every(near));
  };
  0;
`;

async function play({ source, hls, duration, pictures, then }) {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  page = (await send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  await send("Page.enable", {}, page);
  // A document of the same origin, so that its pixels may be read, without a policy of its own.
  await send("Page.navigate", { url: `${url}/_emulator/clock` }, page);
  for (let tries = 0; (await run("location.href + document.readyState")) !== `${url}/_emulator/clockcomplete`; tries += 1) {
    if (tries > 100) throw new Error("no document");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (hls) await run(`${readFileSync(join(process.env.NODE_PATH, "hls.js/dist/hls.min.js"), "utf8")}; 0`);
  await run(inPage);
  const text = JSON.stringify;
  await run(`open(${text(source)}, ${text(hls ?? null)})`);
  const found = await run("video.duration");
  if (Math.abs(found - duration) > 0.1) throw new Error(`${source} is ${found} s long, not ${duration}`);
  for (const { at, x, y, color } of pictures) {
    const expected = [1, 3, 5].map((from) => parseInt(color.slice(from, from + 2), 16));
    await run(`shows(${at}, ${x}, ${y}, ${text(expected)})`).catch((error) => { throw new Error(`${source}: ${error.message}`); });
  }
  // It plays: time goes on by itself.
  await run(`video.currentTime = 0.5; video.play().then(() => soon("a second of playing", () => video.currentTime > 1.5))`);
  if (then) {
    // Virtual time goes on, and the stream with it.
    await fetch(`${url}/_emulator/clock/advance`, { method: "POST", body: text({ seconds: then }) });
    await run(`soon("more of the stream", () => video.duration > ${duration + then - 4.1})`);
  }
  await run("wrong.length && Promise.reject(new Error(wrong.join()))");
  await send("Target.closeTarget", { targetId });
}

const limit = setTimeout(() => { console.error("took too long"); process.exitCode = 1; browser.kill(); }, 150_000);
try {
  for (const film of films) await play(film);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  clearTimeout(limit);
  const exited = new Promise((resolve) => browser.once("exit", resolve));
  browser.kill();
  await exited;
  await profiles.discard(profile);
}
