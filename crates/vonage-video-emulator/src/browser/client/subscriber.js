// Subscribers: a stream of somebody else, or of the page itself, as it is shown.

import { draw, unblockContext } from "./drawn.js";
import { complete, makeError } from "./errors.js";
import { Media } from "./media.js";
import { ReceivingPeer } from "./peers.js";
import { received } from "./stats.js";

/** The subscribers that are there, by id. */
export const subscribers = new Map();

/** The device that all sound of the page goes to. */
let outputDevice;

export function outputTo(deviceId) {
  outputDevice = deviceId;
  return Promise.all([...subscribers.values()].map((subscriber) => subscriber.useOutput()));
}

export const outputId = () => outputDevice;

/** Milliseconds within which media must come. */
const MEDIA_TIMEOUT = 30_000;

export class Subscriber extends Media {
  #properties;
  #peer = null;
  #drawn = null;
  #name = null;
  #volume;
  #captions = false;
  #blocked = false;
  #destroyed = false;
  #connected;

  constructor(session, stream, target, properties = {}, handler = undefined) {
    super("subscriber", target, {
      fitMode: stream.videoType === "screen" ? "contain" : "cover",
      name: stream.name,
      initials: stream.initials,
      ...properties,
    });
    this.#properties = { subscribeToAudio: true, subscribeToVideo: true, ...properties };
    this.#volume = properties.audioVolume ?? 100;
    this.session = session;
    this.stream = stream;
    this.streamId = stream.streamId;
    subscribers.set(this.id, this);
    this.#begin().then(() => complete(handler), (error) => complete(handler, error));
  }

  async #begin() {
    // The page's handlers are there before the first event.
    await Promise.resolve();
    const { peer, drawn } = await this.session.wire.ask("subscribe", { do: "subscribe", streamId: this.streamId });
    if (this.#destroyed) {
      this.session.forget(this, peer);
      throw this.#gone();
    }
    this.#name = peer;
    this.#update();
    if (drawn) {
      this.#drawn = draw(this.stream);
      this.#receive(this.#drawn.media);
      this.emit("connected");
      return;
    }
    await this.#connect(peer);
  }

  #connect(name) {
    return new Promise((resolve, reject) => {
      const fail = (message) => reject(makeError("OT_ICE_WORKFLOW_FAILED", 1554, message));
      const timer = setTimeout(() => fail("no media came"), MEDIA_TIMEOUT);
      this.#connected = { reject: () => reject(this.#gone()), timer };
      const media = new MediaStream();
      this.#peer = new ReceivingPeer(this.session.wire, name, {
        track: (track) => {
          media.addTrack(track);
          if (track.kind === "audio") this.restartLevel();
          this.#update();
        },
        state: (state) => {
          if (state === "connected") {
            clearTimeout(timer);
            this.emit("connected");
            resolve();
          } else if (state === "disconnected") {
            this.emit("disconnected");
          } else if (state === "failed") {
            fail("the peer connection failed");
          }
        },
      });
      this.session.addPeer(name, "subscriber", this.#peer);
      this.#receive(media);
    });
  }

  #gone() {
    return makeError("OT_STREAM_DESTROYED", 1600, "the stream ended, or was unsubscribed from, before it was shown");
  }

  #receive(media) {
    const { video } = this.widget;
    this.show(media);
    this.setAudioVolume(this.#volume);
    this.useOutput();
    video.play().catch((error) => {
      if (error.name !== "NotAllowedError" || this.#destroyed) return;
      // Without a click of the user, browsers show only what is silent.
      this.#blocked = true;
      video.muted = true;
      video.play().catch(() => {});
      this.emit("audioBlocked");
    });
  }

  useOutput() {
    return outputDevice && this.widget.video.setSinkId?.(outputDevice).catch(() => {});
  }

  /** Lets the sound begin, after a click. */
  unblock() {
    if (!this.#blocked) return;
    this.#blocked = false;
    this.widget.video.muted = false;
    this.emit("audioUnblocked");
  }

  #update() {
    const { subscribeToAudio, subscribeToVideo } = this.#properties;
    const { hasAudio, hasVideo } = this.stream;
    for (const track of this.media?.getTracks() ?? []) {
      track.enabled = track.kind === "audio" ? subscribeToAudio && (hasAudio || !this.#drawn) : subscribeToVideo && (hasVideo || !this.#drawn);
    }
    this.widget.update({ audio: subscribeToAudio, video: subscribeToVideo && hasVideo });
  }

  /** A property of the stream changed. */
  changed(property, value) {
    this.#update();
    if (property === "hasVideo") this.emit(value ? "videoEnabled" : "videoDisabled", { reason: "publishVideo" }, () => {});
  }

  caption(caption, isFinal) {
    if (this.#captions) this.emit("captionReceived", { streamId: this.streamId, caption, isFinal });
  }

  toggleAudio() {
    this.subscribeToAudio(!this.#properties.subscribeToAudio);
  }

  subscribeToAudio(value) {
    this.#properties.subscribeToAudio = Boolean(value);
    this.#update();
    return this;
  }

  subscribeToVideo(value) {
    const before = this.#properties.subscribeToVideo;
    this.#properties.subscribeToVideo = Boolean(value);
    this.#update();
    if (before !== Boolean(value) && this.stream.hasVideo) {
      this.emit(value ? "videoEnabled" : "videoDisabled", { reason: "subscribeToVideo" }, () => {});
    }
    return this;
  }

  async subscribeToCaptions(value) {
    this.#captions = Boolean(value);
  }

  isSubscribedToCaptions() {
    return this.#captions;
  }

  isAudioBlocked() {
    return this.#blocked;
  }

  setAudioVolume(volume) {
    this.#volume = Math.min(100, Math.max(0, Number(volume) || 0));
    this.widget.video.volume = this.#volume / 100;
    return this;
  }

  getAudioVolume() {
    return this.#volume;
  }

  setPreferredResolution(resolution) {
    this.#properties.preferredResolution = resolution;
  }

  setPreferredFrameRate(rate) {
    this.#properties.preferredFrameRate = rate;
  }

  async getRtcStatsReport() {
    if (!this.#peer) throw makeError("OT_NOT_CONNECTED", 1010, "there is no peer connection");
    return this.#peer.connection.getStats();
  }

  getStats(handler) {
    this.getRtcStatsReport().then(
      (report) => complete(handler, undefined, received(report)),
      (error) => complete(handler, error),
    );
  }

  destroy(reason = "clientDisconnected") {
    if (this.#destroyed) return this;
    this.#destroyed = true;
    clearTimeout(this.#connected?.timer);
    this.#connected?.reject();
    this.#drawn?.stop();
    this.#peer?.close();
    this.session.forget(this, this.#name);
    this.removeMedia();
    subscribers.delete(this.id);
    this.emit("destroyed", { reason });
    return this;
  }
}

/** Lets the sound of the whole page begin, after a click. */
export async function unblockAudio() {
  await unblockContext();
  subscribers.forEach((subscriber) => subscriber.unblock());
}
