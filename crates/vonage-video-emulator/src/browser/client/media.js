// What publishers and subscribers have in common: a widget, a size, a level of sound.

import { Emitter } from "./emitter.js";
import { watchLevel } from "./level.js";
import { Widget } from "./widget.js";

export class Media extends Emitter {
  #size = null;
  #stopLevel = null;

  constructor(kind, target, properties) {
    super();
    this.widget = new Widget(kind, target, properties, { toggleAudio: () => this.toggleAudio() });
    this.widget.video.addEventListener("resize", () => this.#resized());
  }

  get id() {
    return this.widget.id;
  }

  get element() {
    return this.widget.element;
  }

  /** The element of its video. No document has it; public apps call it. */
  videoElement() {
    return this.widget.video;
  }

  /** Shows media, and dispatches its element the first time. */
  show(media) {
    const first = this.media === undefined;
    this.media = media;
    this.widget.video.srcObject = media;
    if (first) this.emit("videoElementCreated", { element: this.widget.video });
    this.listened("audioLevelUpdated");
  }

  videoWidth() {
    return this.widget.video.videoWidth || undefined;
  }

  videoHeight() {
    return this.widget.video.videoHeight || undefined;
  }

  getImgData() {
    const { video } = this.widget;
    if (!video.videoWidth) return null;
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d").drawImage(video, 0, 0);
    return canvas.toDataURL("image/png").split(",")[1];
  }

  setStyle(name, value) {
    this.widget.setStyle(name, value);
    return this;
  }

  getStyle(name) {
    return this.widget.getStyle(name);
  }

  /** The level is measured only while somebody listens. */
  listened(name) {
    if (name !== "audioLevelUpdated" || this.#stopLevel || !this.media || !this.hears(name)) return;
    this.#stopLevel = watchLevel(this.media, (audioLevel) => this.emit(name, { audioLevel }));
  }

  /** Measures other media from now on. */
  restartLevel() {
    this.#stopLevel?.();
    this.#stopLevel = null;
    this.listened("audioLevelUpdated");
  }

  #resized() {
    const { videoWidth: width, videoHeight: height } = this.widget.video;
    const oldValue = this.#size;
    if (!width || (oldValue?.width === width && oldValue?.height === height)) return;
    this.#size = { width, height };
    this.resized(this.#size);
    if (oldValue) this.emit("videoDimensionsChanged", { oldValue, newValue: { ...this.#size } });
  }

  /** Is called with the size of the video when it is known, and when it changes. */
  resized() {}

  removeMedia() {
    this.#stopLevel?.();
    this.#stopLevel = null;
    this.widget.remove();
  }
}
