// What a publisher or subscriber puts into the page: a root element with a video and a simple user interface.

const SIZE = { width: 264, height: 198 };

const length = (value) => (typeof value === "number" || /^\d+(\.\d+)?$/.test(value) ? `${value}px` : value);

let counted = 0;

/** A name for an element that nothing else in the page has. */
export function makeId(kind) {
  counted += 1;
  return `OT_${kind}_${counted}_${Math.random().toString(36).slice(2, 10)}`;
}

function element(tag, className, style, content = "") {
  const made = document.createElement(tag);
  made.className = className;
  Object.assign(made.style, style);
  made.textContent = content;
  return made;
}

/** The root: the target itself, or a new element beside or in it. Without a target it is in the body. */
function place(target, insertMode, id) {
  const found = typeof target === "string" ? document.getElementById(target) : target;
  if (found && (insertMode ?? "replace") === "replace") {
    found.replaceChildren();
    found.id ||= id;
    return found;
  }
  const root = document.createElement("div");
  root.id = id;
  if (!found) document.body.append(root);
  else if (insertMode === "before") found.before(root);
  else if (insertMode === "after") found.after(root);
  else found.append(root);
  return root;
}

export class Widget {
  #root = null;
  #parts = {};
  #style;

  /** `actions` has `toggleAudio` and `archiving` where they make sense. */
  constructor(kind, target, properties, actions) {
    this.id = makeId(kind);
    this.video = document.createElement("video");
    Object.assign(this.video, { autoplay: true, playsInline: true });
    this.#style = { nameDisplayMode: "auto", buttonDisplayMode: "auto", audioLevelDisplayMode: "auto", ...properties.style };
    if (properties.insertDefaultUI === false) return;
    this.#root = place(target, properties.insertMode, this.id);
    this.id = this.#root.id;
    this.#root.classList.add("OT_root", `OT_${kind}`);
    Object.assign(this.#root.style, {
      position: this.#root.style.position || "relative",
      overflow: "hidden",
      background: "#222",
      width: length(properties.width ?? SIZE.width),
      height: length(properties.height ?? SIZE.height),
    });
    this.#fill(properties, actions);
  }

  get element() {
    return this.#root ?? undefined;
  }

  #fill({ fitMode, name, initials, showControls, mirror }, { toggleAudio }) {
    const container = element("div", "OT_widget-container", { position: "absolute", inset: "0" });
    Object.assign(this.video.style, { width: "100%", height: "100%", objectFit: fitMode ?? "cover", transform: mirror ? "scale(-1, 1)" : "" });
    const bar = { position: "absolute", color: "#fff", font: "14px sans-serif", margin: "0", padding: "2px 6px", background: "rgb(0 0 0 / 50%)" };
    const poster = element("div", "OT_video-poster", { position: "absolute", inset: "0", display: "none", placeContent: "center", color: "#fff", font: "32px sans-serif" }, initials ?? "");
    const title = element("h1", "OT_name", { ...bar, top: "0", left: "0", fontWeight: "normal" }, name ?? "");
    const light = element("div", "OT_archiving", { ...bar, top: "0", right: "0", color: "#f66", display: "none" }, "● recording");
    const mute = element("button", "OT_mute", { ...bar, bottom: "0", right: "0", border: "0", cursor: "pointer" }, "mute");
    mute.type = "button";
    mute.addEventListener("click", toggleAudio);
    container.append(this.video, poster, title, light, mute);
    this.#root.replaceChildren(container);
    this.#parts = { container, poster, title, light, mute, controls: showControls !== false };
    this.#show();
  }

  #show() {
    const { title, mute, poster, controls } = this.#parts;
    if (!title) return;
    const { nameDisplayMode, buttonDisplayMode, backgroundImageURI } = this.#style;
    title.hidden = !controls || nameDisplayMode === "off" || !title.textContent;
    mute.hidden = !controls || buttonDisplayMode === "off";
    if (backgroundImageURI && backgroundImageURI !== "off") {
      poster.style.background = `center / contain no-repeat url("${encodeURI(backgroundImageURI)}")`;
    }
  }

  /** Shows whether there is audio, video and a recording. */
  update({ audio, video, archiving }) {
    const { mute, poster, light, container } = this.#parts;
    if (!container) return;
    if (audio !== undefined) mute.textContent = audio ? "mute" : "unmute";
    if (audio !== undefined) mute.classList.toggle("OT_active", !audio);
    if (video !== undefined) {
      poster.style.display = video ? "none" : "grid";
      this.#root.classList.toggle("OT_audio-only", !video);
      this.video.style.visibility = video ? "" : "hidden";
    }
    if (archiving !== undefined) light.style.display = archiving && this.#style.archiveStatusDisplayMode !== "off" ? "" : "none";
  }

  setStyle(name, value) {
    Object.assign(this.#style, typeof name === "string" ? { [name]: value } : name);
    this.#show();
  }

  getStyle(name) {
    return name === undefined ? { ...this.#style } : this.#style[name];
  }

  remove() {
    this.video.srcObject = null;
    this.#root?.remove();
    this.#root = null;
    this.#parts = {};
  }
}
