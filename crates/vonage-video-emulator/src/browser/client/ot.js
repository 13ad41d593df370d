// OT: where an app begins.

import { capture, inputDevices, outputDevices } from "./capture.js";
import { collection } from "./collection.js";
import { Emitter } from "./emitter.js";
import { complete, ignored, observers } from "./errors.js";
import { Publisher, publishers } from "./publisher.js";
import { Session, sessions } from "./session.js";
import { outputId, outputTo, Subscriber, subscribers, unblockAudio } from "./subscriber.js";

const events = new Emitter();

/** What `OT` has. Set C of the reference is accepted, has no effect, and is named once in the console. */
const MEMBERS = {
  HAS_REQUIREMENTS: 1,
  NOT_HAS_REQUIREMENTS: 0,
  properties: {},
  sessions: collection(() => sessions),
  publishers: collection(() => publishers),
  subscribers: collection(() => subscribers),

  initSession: (apiKey, sessionId, options) => sessions.get(sessionId) ?? new Session(apiKey, sessionId, options),

  initPublisher(...values) {
    const handler = values.find((value) => typeof value === "function");
    const plain = (value) => value && typeof value === "object" && !(value instanceof Element);
    const properties = values.find(plain);
    const [target] = values[0] === handler || plain(values[0]) ? [undefined] : values;
    return new Publisher(target ?? undefined, properties, handler);
  },

  getDevices(handler) {
    inputDevices().then((devices) => complete(handler, undefined, devices), (error) => complete(handler, error));
  },
  getUserMedia: (properties = {}) => capture(properties),
  getAudioOutputDevices: outputDevices,
  async getActiveAudioOutputDevice() {
    const devices = await outputDevices();
    return devices.find(({ deviceId }) => deviceId === (outputId() ?? "default")) ?? devices[0] ?? { deviceId: "default", label: "" };
  },
  setAudioOutputDevice: (deviceId) => outputTo(deviceId),
  unblockAudio,

  checkSystemRequirements: () => (globalThis.RTCPeerConnection && navigator.mediaDevices ? 1 : 0),
  checkScreenSharingCapability(handler) {
    const supported = Boolean(navigator.mediaDevices?.getDisplayMedia);
    const supportedSources = { screen: supported, window: supported, application: false };
    setTimeout(() => complete(handler, { supported, supportedSources, extensionRequired: undefined, extensionRegistered: true, extensionInstalled: true }));
  },
  hasMediaProcessorSupport: () => true,
  hasEndToEndEncryptionSupport: () => false,
  getSupportedCodecs: async () => ({ videoEncoders: ["VP8"], videoDecoders: ["VP8"] }),

  on: (...values) => events.on(...values),
  once: (...values) => events.once(...values),
  off: (...values) => events.off(...values),
  addEventListener: (...values) => events.on(...values),
  removeEventListener: (...values) => events.off(...values),
  log: (message) => console.log(message),

  registerScreenSharingExtension: () => ignored("registerScreenSharingExtension"),
  upgradeSystemRequirements: () => ignored("upgradeSystemRequirements"),
  setProxyUrl: () => ignored("setProxyUrl"),
  setLogLevel: () => ignored("setLogLevel"),
  reportIssue(handler) {
    ignored("reportIssue");
    complete(handler, undefined, "vonage-video-emulator");
  },
};

/** Members of publishers, subscribers and sessions that are accepted and have no effect. */
const WITHOUT_EFFECT = [
  [Publisher, ["setPreferredResolution", "setPreferredFrameRate", "setMaxVideoBitrate", "setVideoBitratePreset", "getVideoBitratePreset"]],
  [Subscriber, ["restrictFrameRate"]],
  [Session, ["getCapabilities"]],
];
for (const [type, names] of WITHOUT_EFFECT) {
  for (const name of names) type.prototype[name] ??= function accepted() { ignored(`${type.name}.${name}`); };
}

observers.add((error) => {
  const { code, message, name } = error;
  events.emit("exception", { code, message, title: name });
});

/** Names that tools look for in any object. */
const QUIET = new Set(["default", "then", "toJSON", "__esModule", "$$typeof", "nodeType", "constructor", "prototype"]);

/** An unknown member is undefined, as it would be, and is named in the console. */
const OT = new Proxy(MEMBERS, {
  get(members, name) {
    if (typeof name === "string" && !(name in members) && !QUIET.has(name)) ignored(`the unknown member OT.${name}`);
    return members[name];
  },
});

console.info("vonage-video emulator: this is the emulator's own client, not the vendor's. It is for tests and development.");
