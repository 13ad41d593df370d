// How loud a track is.

import { audioContext } from "./drawn.js";

/** Milliseconds between two measurements. */
const INTERVAL = 100;
/** Samples of which a level is made. */
const BLOCK = 1024;

/** The level of the loudest block. */
function loudest(samples) {
  let level = 0;
  for (let start = 0; start < samples.length; start += BLOCK) {
    const block = samples.subarray(start, start + BLOCK);
    const square = block.reduce((sum, sample) => sum + sample * sample, 0) / block.length;
    level = Math.max(level, Math.sqrt(square));
  }
  return Math.min(1, level);
}

/** Calls with the level of a media stream's audio, from 0 to 1, until it is stopped. */
export function watchLevel(media, told) {
  if (media.getAudioTracks().length === 0) return () => {};
  const context = audioContext();
  const source = context.createMediaStreamSource(media);
  const analyser = new AnalyserNode(context, { fftSize: 16_384 });
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let before = context.currentTime;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    // All that was heard since the last time: no sound is too short to be noticed.
    const heard = Math.ceil((context.currentTime - before) * context.sampleRate);
    before = context.currentTime;
    told(loudest(samples.subarray(Math.max(0, samples.length - heard))));
  }, INTERVAL);
  return () => {
    clearInterval(timer);
    source.disconnect();
  };
}
