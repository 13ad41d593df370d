// How loud a track is.

import { audioContext } from "./drawn.js";

/** Milliseconds between two measurements. */
const INTERVAL = 100;

/** Calls with the level of a media stream's audio, from 0 to 1, until it is told to stop. */
export function watchLevel(media, told) {
  if (media.getAudioTracks().length === 0) return () => {};
  const context = audioContext();
  const source = context.createMediaStreamSource(media);
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const square = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    told(Math.min(1, Math.sqrt(square)));
  }, INTERVAL);
  return () => {
    clearInterval(timer);
    source.disconnect();
  };
}
