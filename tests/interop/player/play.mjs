// Plays films in headless Chromium over a pipe: `node play.mjs`. BROWSER names the browser, and
// standard input has JSON: `{url, films: [{source, hls, duration, pictures: [{at, x, y, color}]}]}`.
// Exits with 0 when everything was as it should be, and says what was not.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { withChromium } from "../browser/chromium.mjs";

const { url, films } = JSON.parse(readFileSync(0, "utf8"));

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

async function play(browser, { source, hls, duration, pictures, then }) {
  // A document of the same origin, so that its pixels may be read, without a policy of its own.
  const tab = await browser.open(`${url}/_emulator/clock`);
  const run = (expression) => tab.run(expression);
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
  await tab.close();
}

await withChromium(async (browser) => {
  for (const film of films) await play(browser, film);
});
