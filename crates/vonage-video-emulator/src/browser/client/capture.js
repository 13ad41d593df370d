// Cameras, microphones and screens.

import { captureError, makeError } from "./errors.js";

const SCREENS = ["screen", "window", "application"];

export const isScreen = (source) => SCREENS.includes(source);

const isOff = (source) => source === null || source === false;

function audioConstraints({ audioSource, disableAudioProcessing, echoCancellation, noiseSuppression, autoGainControl, enableStereo }) {
  if (isOff(audioSource)) return false;
  const constraints = {};
  if (typeof audioSource === "string") constraints.deviceId = { exact: audioSource };
  const processing = disableAudioProcessing || enableStereo ? false : undefined;
  const wanted = { echoCancellation, noiseSuppression, autoGainControl };
  for (const [name, value] of Object.entries(wanted)) {
    if ((value ?? processing) !== undefined) constraints[name] = value ?? processing;
  }
  if (enableStereo) constraints.channelCount = 2;
  return Object.keys(constraints).length ? constraints : true;
}

function videoConstraints({ videoSource, resolution, maxResolution, frameRate, facingMode }) {
  if (isOff(videoSource)) return false;
  const [width, height] = (typeof resolution === "string" ? resolution : "640x480").split("x").map(Number);
  const constraints = { width: { ideal: width }, height: { ideal: height } };
  if (maxResolution) {
    constraints.width.max = maxResolution.width;
    constraints.height.max = maxResolution.height;
  }
  if (frameRate) constraints.frameRate = { ideal: frameRate };
  if (facingMode) constraints.facingMode = facingMode;
  if (typeof videoSource === "string") constraints.deviceId = { exact: videoSource };
  return constraints;
}

async function getTracks(audio, video) {
  if (!audio && !video) return [];
  return (await navigator.mediaDevices.getUserMedia({ audio, video })).getTracks();
}

async function screenTracks(properties, audio) {
  if (!navigator.mediaDevices.getDisplayMedia) {
    throw makeError("OT_SCREEN_SHARING_NOT_SUPPORTED", 1500, "this browser does not share screens");
  }
  const { maxResolution, frameRate } = properties;
  const video = {};
  if (maxResolution) Object.assign(video, { width: { max: maxResolution.width }, height: { max: maxResolution.height } });
  if (frameRate) video.frameRate = { ideal: frameRate };
  const shared = await navigator.mediaDevices.getDisplayMedia({ video, audio: false });
  return [...shared.getTracks(), ...(await getTracks(audio, false))];
}

/** Opens what a publisher is to publish: its tracks, in one media stream. */
export async function capture(properties) {
  const { audioSource, videoSource } = properties;
  const given = [audioSource, videoSource].filter((source) => source instanceof MediaStreamTrack);
  const isTrack = (source) => source instanceof MediaStreamTrack;
  const screen = isScreen(videoSource);
  // A shared screen has no microphone unless one is named.
  const silent = screen && (audioSource === undefined || audioSource === true);
  const audio = isTrack(audioSource) || silent ? false : audioConstraints(properties);
  const video = isTrack(videoSource) || screen ? false : videoConstraints(properties);
  if (!audio && !video && !screen && given.length === 0) {
    throw makeError("OT_NO_VALID_CONSTRAINTS", 1500, "neither audio nor video is published");
  }
  try {
    const tracks = screen ? await screenTracks(properties, audio) : await getTracks(audio, video);
    return new MediaStream([...given, ...tracks]);
  } catch (error) {
    throw error.name?.startsWith("OT_") ? error : captureError(error);
  }
}

/** One track of another microphone or camera. */
export async function captureTrack(kind, properties) {
  try {
    const [track] = kind === "audio"
      ? await getTracks(audioConstraints(properties), false)
      : await getTracks(false, videoConstraints(properties));
    return track;
  } catch (error) {
    throw captureError(error);
  }
}

const KINDS = { audioinput: "audioInput", videoinput: "videoInput" };

async function devicesOf(kinds) {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kinds.includes(kind));
}

export async function inputDevices() {
  const devices = await devicesOf(Object.keys(KINDS));
  return devices.map(({ deviceId, label, kind }) => ({ deviceId, label, kind: KINDS[kind] }));
}

export async function outputDevices() {
  const devices = await devicesOf(["audiooutput"]);
  return devices.map(({ deviceId, label }) => ({ deviceId, label }));
}
