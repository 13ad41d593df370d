// Publishers: what a camera, a microphone or a screen sends.

import { capture, captureTrack, inputDevices, isScreen } from "./capture.js";
import { complete, ignored, makeError } from "./errors.js";
import { Media } from "./media.js";
import { Stream } from "./models.js";
import { SendingPeer } from "./peers.js";
import { sent } from "./stats.js";

/** The publishers that are there, by id. */
export const publishers = new Map();

const kindOf = (videoSource) => {
  if (isScreen(videoSource)) return "screen";
  return videoSource instanceof MediaStreamTrack ? "custom" : "camera";
};

export class Publisher extends Media {
  #properties;
  #peers = new Map();
  #connectors = { audio: null, video: null };
  /** The tracks of the devices, which connectors may replace. */
  #captured = { audio: null, video: null };
  #filters = { audio: null, video: null };
  #destroyed = false;

  constructor(target, properties = {}, handler = undefined) {
    const mirrors = !isScreen(properties.videoSource);
    super("publisher", target, { fitMode: mirrors ? "cover" : "contain", mirror: mirrors, ...properties });
    this.#properties = { publishAudio: true, publishVideo: true, publishCaptions: false, name: "", ...properties };
    for (const kind of ["audio", "video"]) this.#filter(kind, properties[`${kind}Filter`] ?? null);
    this.accessAllowed = false;
    this.stream = undefined;
    this.session = undefined;
    publishers.set(this.id, this);
    /** Settles when the devices are open. Both handlers, this one and that of publish, get its error. */
    this.ready = this.#open();
    this.ready.then(() => complete(handler), (error) => complete(handler, error));
  }

  async #open() {
    // What a page registers after this call hears the events too.
    await Promise.resolve();
    this.emit("accessDialogOpened");
    let media;
    try {
      media = await capture(this.#properties);
    } catch (error) {
      this.emit("accessDialogClosed");
      if (error.name === "OT_USER_MEDIA_ACCESS_DENIED") this.emit("accessDenied", {}, () => this.removeMedia());
      else this.removeMedia();
      throw error;
    }
    if (this.#destroyed) {
      media.getTracks().forEach((track) => track.stop());
      throw makeError("OT_INVALID_PARAMETER", 1011, "the publisher was destroyed");
    }
    this.accessAllowed = true;
    this.emit("accessDialogClosed");
    this.emit("accessAllowed");
    media.getTracks().forEach((track) => this.#watch(track));
    this.widget.video.muted = true;
    this.show(media);
    this.#apply();
  }

  #watch(track) {
    this.#captured[track.kind] = track;
    if (track.kind === "video" && this.#properties.videoContentHint) track.contentHint = this.#properties.videoContentHint;
    track.addEventListener("ended", () => {
      this.emit("mediaStopped", { track });
      if (track.kind === "video" && isScreen(this.#properties.videoSource)) this.#stopped();
    });
  }

  /** The user ended the sharing of a screen. */
  #stopped() {
    if (this.stream) this.session?.endStream(this, "mediaStopped");
    else this.destroy();
  }

  #track(kind) {
    return this.media?.getTracks().find((track) => track.kind === kind) ?? null;
  }

  #apply() {
    const { publishAudio, publishVideo } = this.#properties;
    for (const [kind, enabled] of [["audio", publishAudio], ["video", publishVideo]]) {
      for (const track of [this.#track(kind), this.#captured[kind]]) if (track) track.enabled = enabled;
    }
    this.widget.update({ audio: publishAudio, video: publishVideo && this.#track("video") !== null });
  }

  /** The stream as the emulator receives it. */
  description() {
    const { name, initials, publishAudio, publishVideo, publishCaptions, videoSource } = this.#properties;
    const video = this.#captured.video;
    const { width, height, frameRate } = video?.getSettings() ?? {};
    return {
      name,
      initials,
      videoType: kindOf(videoSource),
      hasAudio: publishAudio && this.#captured.audio !== null,
      hasVideo: publishVideo && video !== null,
      hasCaptions: publishCaptions,
      videoDimensions: width && height ? { width, height } : undefined,
      frameRate: frameRate ? Math.round(frameRate) : undefined,
    };
  }

  /** It is published: the session says under which id. */
  published(session, streamId, connection) {
    this.session = session;
    this.stream = new Stream({ ...this.description(), streamId, createdAt: Date.now() }, connection);
    this.emit("streamCreated", { stream: this.stream });
  }

  /** It is published no longer; by default it leaves the page. */
  ended(reason) {
    const { stream } = this;
    if (!stream) return;
    this.#peers.forEach((peer) => peer.close());
    this.#peers.clear();
    this.emit("streamDestroyed", { stream, reason }, () => this.destroy());
    this.stream = undefined;
  }

  /** Somebody subscribes. */
  wanted(wire, name) {
    const peer = new SendingPeer(wire, name, this.media);
    this.#peers.set(name, peer);
    return peer;
  }

  unwanted(name) {
    this.#peers.get(name)?.close();
    this.#peers.delete(name);
  }

  /** A moderator or a server muted it. */
  muted() {
    this.#properties.publishAudio = false;
    this.#apply();
    this.emit("muteForced");
  }

  toggleAudio() {
    this.publishAudio(!this.#properties.publishAudio);
  }

  publishAudio(value) {
    this.#properties.publishAudio = Boolean(value);
    this.#apply();
    this.#change({ hasAudio: this.description().hasAudio });
    return this;
  }

  publishVideo(value, handler) {
    this.#properties.publishVideo = Boolean(value);
    this.#apply();
    this.#change({ hasVideo: this.description().hasVideo, videoType: this.description().videoType });
    complete(handler);
    return this;
  }

  publishCaptions(value) {
    this.#properties.publishCaptions = Boolean(value);
    this.#change({ hasCaptions: Boolean(value) });
    return this;
  }

  #change(change) {
    if (!this.stream) return;
    const { videoType, ...seen } = change;
    Object.assign(this.stream, seen);
    this.session?.changeStream(this.stream, change);
  }

  resized(videoDimensions) {
    const { width, height } = this.stream?.videoDimensions ?? {};
    if (width !== videoDimensions.width || height !== videoDimensions.height) this.#change({ videoDimensions });
  }

  getAudioSource() {
    return this.#captured.audio;
  }

  getVideoSource() {
    const track = this.#captured.video;
    if (!track) return { deviceId: null, type: null, track: null };
    return { deviceId: track.getSettings().deviceId ?? null, type: kindOf(this.#properties.videoSource), track };
  }

  async setAudioSource(source) {
    await this.#replaceSource("audio", "audioSource", source);
  }

  async setVideoSource(source) {
    await this.#replaceSource("video", "videoSource", source);
  }

  async #replaceSource(kind, property, source) {
    await this.ready;
    const track = source instanceof MediaStreamTrack
      ? source
      : await captureTrack(kind, { ...this.#properties, [property]: source });
    const old = this.#captured[kind];
    this.#properties[property] = source;
    this.#watch(track);
    await this.#send(kind, this.#connectors[kind] ? await this.#connectors[kind].setTrack(track) : track);
    if (old && old !== track) old.stop();
    this.#apply();
    this.#change({ hasAudio: this.description().hasAudio, hasVideo: this.description().hasVideo });
  }

  /** Shows and sends another track. */
  async #send(kind, track) {
    const old = this.#track(kind);
    if (old) this.media.removeTrack(old);
    this.media.addTrack(track);
    await Promise.all([...this.#peers.values()].map((peer) => peer.replace(kind, track)));
    if (kind === "audio") this.restartLevel();
  }

  /** Takes the next camera. */
  async cycleVideo() {
    const cameras = (await inputDevices()).filter(({ kind }) => kind === "videoInput");
    const present = this.getVideoSource().deviceId;
    const next = cameras[(cameras.findIndex(({ deviceId }) => deviceId === present) + 1) % cameras.length];
    if (!next) throw makeError("OT_NO_DEVICES_FOUND", 1500, "there is no camera");
    if (next.deviceId !== present) await this.setVideoSource(next.deviceId);
    return { deviceId: next.deviceId };
  }

  setVideoMediaProcessorConnector(connector) {
    return this.#connect("video", connector);
  }

  setAudioMediaProcessorConnector(connector) {
    return this.#connect("audio", connector);
  }

  async #connect(kind, connector) {
    await this.ready;
    const track = this.#captured[kind];
    if (!track) throw makeError("OT_NOT_SUPPORTED", 1500, `nothing with ${kind} is published`);
    const old = this.#connectors[kind];
    this.#connectors[kind] = connector;
    await this.#send(kind, connector ? await connector.setTrack(track) : track);
    await old?.destroy?.();
    this.#apply();
  }

  /** Filters are kept, and change nothing. */
  async #filter(kind, filter) {
    if (filter) ignored(`the ${kind} filter ${filter.type}`);
    this.#filters[kind] = filter;
  }

  applyVideoFilter(filter) {
    return this.#filter("video", filter);
  }

  clearVideoFilter() {
    return this.#filter("video", null);
  }

  getVideoFilter() {
    return this.#filters.video;
  }

  applyAudioFilter(filter) {
    return this.#filter("audio", filter);
  }

  clearAudioFilter() {
    return this.#filter("audio", null);
  }

  getAudioFilter() {
    return this.#filters.audio;
  }

  setVideoContentHint(hint) {
    this.#properties.videoContentHint = hint;
    if (this.#captured.video) this.#captured.video.contentHint = hint;
  }

  getVideoContentHint() {
    return this.#captured.video?.contentHint ?? this.#properties.videoContentHint ?? "";
  }

  async getRtcStatsReport() {
    const { connectionId } = this.session?.connection ?? {};
    return Promise.all([...this.#peers.values()].map(async ({ name, connection }) => (
      { subscriberId: name, connectionId, rtcStatsReport: await connection.getStats() })));
  }

  getStats(handler) {
    this.getRtcStatsReport().then((reports) => complete(handler, undefined, reports.map(
      ({ rtcStatsReport, ...whose }) => ({ ...whose, stats: sent(rtcStatsReport) }),
    )));
  }

  destroy() {
    if (this.#destroyed) return this;
    this.#destroyed = true;
    if (this.stream) this.session?.endStream(this, "clientDisconnected");
    for (const connector of Object.values(this.#connectors)) connector?.destroy?.();
    for (const track of [...Object.values(this.#captured), ...(this.media?.getTracks() ?? [])]) track?.stop();
    this.removeMedia();
    publishers.delete(this.id);
    this.emit("destroyed");
    return this;
  }
}
