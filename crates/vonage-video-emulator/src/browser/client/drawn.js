// The media of what has no browser behind it, such as simulated clients and SIP callers: a drawn picture and a tone.

/** Frames a second. */
const RATE = 5;

/** A number that is always the same for a text. */
const numberOf = (text) => [...text].reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 9973, 7);

let shared = null;

/** One audio context for the page: browsers allow only a few. */
export function audioContext() {
  shared ??= new AudioContext();
  if (shared.state === "suspended") shared.resume().catch(() => {});
  return shared;
}

/** Lets the sound of the page begin, after a click. */
export const unblockContext = () => audioContext().resume();

function drawing(stream) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, stream.videoDimensions);
  const brush = canvas.getContext("2d");
  const hue = numberOf(stream.streamId) % 360;
  const { width, height } = canvas;
  let frame = 0;
  const draw = () => {
    frame += 1;
    brush.fillStyle = `hsl(${hue} 45% 35%)`;
    brush.fillRect(0, 0, width, height);
    brush.fillStyle = `hsl(${hue} 70% 75%)`;
    const angle = frame / RATE;
    brush.beginPath();
    brush.arc(width / 2 + Math.cos(angle) * width / 4, height * 0.3, height / 12, 0, 2 * Math.PI);
    brush.fill();
    brush.font = `${Math.round(height / 10)}px sans-serif`;
    brush.textAlign = "center";
    brush.fillText(stream.name || stream.streamId.slice(0, 8), width / 2, height * 0.65, width * 0.9);
    brush.font = `${Math.round(height / 20)}px sans-serif`;
    brush.fillText("simulated", width / 2, height * 0.8, width * 0.9);
  };
  draw();
  const timer = setInterval(draw, 1000 / RATE);
  const [track] = canvas.captureStream(RATE).getVideoTracks();
  return { track, stop: () => clearInterval(timer) };
}

function tone(stream) {
  const context = audioContext();
  const oscillator = new OscillatorNode(context, { frequency: 180 + numberOf(stream.streamId) % 400 });
  const volume = new GainNode(context, { gain: 0.02 });
  const destination = context.createMediaStreamDestination();
  oscillator.connect(volume).connect(destination);
  oscillator.start();
  const [track] = destination.stream.getAudioTracks();
  return { track, stop: () => oscillator.stop() };
}

/** Draws a stream. Tracks that it does not send are silent or black. */
export function draw(stream) {
  const parts = [];
  if (stream.videoType) parts.push(drawing(stream));
  parts.push(tone(stream));
  return {
    media: new MediaStream(parts.map(({ track }) => track)),
    stop: () => parts.forEach(({ track, stop }) => {
      stop();
      track.stop();
    }),
  };
}
