// Building the page. Text from outside only ever becomes text: there is no innerHTML here, and no attribute takes a value from outside.

export const $ = (id) => document.getElementById(id);

/** An element with text and elements in it. */
export function el(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content.filter((it) => it !== null && it !== undefined).map((it) => (it instanceof Node ? it : String(it))));
  return element;
}

export function button(text, label, action) {
  const element = el("button", "", text);
  element.type = "button";
  element.setAttribute("aria-label", label);
  element.addEventListener("click", action);
  return element;
}

export const tag = (text, kind) => el("span", kind ? `tag ${kind}` : "tag", text);

/** Replaces a list's items, unless they are the same; what has the focus keeps it. */
export function fill(list, items, nothing) {
  const signature = JSON.stringify(items.map((item) => item.key));
  if (list.dataset.signature === signature) return;
  list.dataset.signature = signature;
  const focused = document.activeElement?.getAttribute("aria-label");
  const opened = new Set([...list.querySelectorAll("details[open]")].map((it) => it.dataset.key));
  const rows = items.map((item) => item.row());
  list.replaceChildren(...(rows.length ? rows : [el("li", "none", nothing)]));
  list.querySelectorAll("details").forEach((it) => { it.open = opened.has(it.dataset.key); });
  if (focused) [...list.querySelectorAll("button")].find((it) => it.getAttribute("aria-label") === focused)?.focus();
}

const SVG = "http://www.w3.org/2000/svg";

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(Number(value)));
  return element;
}

/** Draws a composed picture. */
export function picture(scene) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", `0 0 ${Number(scene.width)} ${Number(scene.height)}`);
  drawing.setAttribute("role", "img");
  for (const box of scene.boxes) {
    const rectangle = shape("rect", { x: box.x, y: box.y, width: box.width, height: box.height });
    if (box.videoType === "screen") rectangle.setAttribute("class", "screen");
    const text = shape("text", { x: box.x + box.width / 2, y: box.y + box.height / 2 });
    text.textContent = (box.name || box.streamId.slice(0, 8)).slice(0, Math.max(3, Math.floor(box.width / 14)));
    drawing.append(rectangle, text);
  }
  const title = document.createElementNS(SVG, "title");
  title.textContent = `${scene.boxes.length} streams in the layout ${scene.type}, ${scene.hidden.length} without a place`;
  drawing.prepend(title);
  return drawing;
}
