// What both pages share: labels, the connection, and drawing messages. All text is set as text.

export const $ = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

// ── labels ─────────────────────────────────────────────────────────────────────────────────

export const labels = { lang: "zh", all: {}, brand: "", limits: {} };

export async function loadLabels() {
  const answer = await (await fetch("/phrases.json")).json();
  Object.assign(labels, { all: answer.phrases, brand: answer.brand, limits: answer.limits });
  return answer;
}

export function say(key, values = {}) {
  const phrase = labels.all[labels.lang]?.[key] ?? key;
  return phrase.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? labels[name] ?? "");
}

export function label(root = document) {
  document.documentElement.lang = labels.lang === "zh" ? "zh-CN" : "en";
  for (const node of root.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
  for (const node of root.querySelectorAll("[data-hint]")) node.placeholder = say(node.dataset.hint);
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", say(node.dataset.label));
    if (node.tagName === "BUTTON") node.title = say(node.dataset.label);
  }
}

export function clock(at) {
  const locale = labels.lang === "zh" ? "zh-CN" : "en-GB";
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(at * 1000);
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

// ── the connection ─────────────────────────────────────────────────────────────────────────

// Keeps a WebSocket open. What is not yet acknowledged is sent again, under the same id, after
// every reconnect; the server takes each id once.
export class Connection {
  constructor(path, { hello, take, state }) {
    Object.assign(this, { path, hello, take, state });
    this.waiting = new Map();
    this.tries = 0;
    this.ready = false;
    this.ended = false;
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.now());
    this.open();
  }

  now() {
    if (this.socket?.readyState === WebSocket.OPEN || this.socket?.readyState === WebSocket.CONNECTING) return;
    clearTimeout(this.timer);
    this.open();
  }

  open() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.path}`);
    this.socket = socket;
    socket.onopen = () => {
      this.tries = 0;
      const hello = this.hello();
      if (hello) socket.send(JSON.stringify(hello));
    };
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.type === "welcome") {
        this.ready = true;
        this.state("open");
        for (const waiting of this.waiting.values()) socket.send(JSON.stringify(waiting));
      } else if (frame.type === "ack" || (frame.type === "error" && frame.client)) {
        if (frame.reason === "unavailable") {
          setTimeout(() => this.again(frame.client), 1500);
          return;
        }
        this.waiting.delete(frame.client);
      }
      this.take(frame);
    };
    socket.onclose = ({ code }) => {
      if (this.socket !== socket || this.ended) return;
      this.ready = false;
      this.state("closed", code);
      const wait = Math.min(8000, 250 * 2 ** this.tries++) * (0.7 + Math.random() * 0.6);
      this.timer = setTimeout(() => this.open(), wait);
    };
  }

  again(client) {
    const frame = this.waiting.get(client);
    if (frame && this.ready) this.socket.send(JSON.stringify(frame));
  }

  // Something that must arrive.
  send(frame) {
    this.waiting.set(frame.client, frame);
    if (this.ready) this.socket.send(JSON.stringify(frame));
  }

  // Something that may get lost.
  hint(frame) {
    if (this.ready) this.socket.send(JSON.stringify(frame));
  }

  end() {
    this.ended = true;
    clearTimeout(this.timer);
    this.socket.close();
  }
}

// ── drawing ────────────────────────────────────────────────────────────────────────────────

const TAGS = { bold: "strong", italic: "em", underline: "u", strike: "s", code: "code", pre: "pre", quote: "blockquote" };

function wrap(span, node) {
  if (span.kind === "link") {
    let url = null;
    try { url = new URL(span.url); } catch { /* shown as plain text */ }
    if (!url || !["http:", "https:"].includes(url.protocol)) return node;
    return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" }, node);
  }
  if (span.kind === "spoiler") {
    const cover = make("button", { class: "spoiler", type: "button", "aria-expanded": "false" }, node);
    cover.addEventListener("click", () => cover.setAttribute("aria-expanded", "true"));
    return cover;
  }
  return make(TAGS[span.kind] ?? "span", {}, node);
}

// Text with spans; offsets count code points, as everywhere in the protocol.
export function drawText(text, spans = []) {
  const points = Array.from(text);
  const draw = (start, end, rest) => {
    const out = document.createDocumentFragment();
    let at = start;
    while (rest.length) {
      const span = rest[0];
      const inner = rest.slice(1).filter((s) => s.start >= span.start && s.end <= span.end);
      rest = rest.slice(1).filter((s) => s.start >= span.end);
      if (span.start > at) out.append(points.slice(at, span.start).join(""));
      out.append(wrap(span, draw(span.start, span.end, inner)));
      at = span.end;
    }
    if (at < end) out.append(points.slice(at, end).join(""));
    return out;
  };
  const sorted = [...spans]
    .filter((s) => s.start < s.end && s.end <= points.length)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return draw(0, points.length, sorted);
}

const FILE_ICON = "M13.5 3.500H7a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9z M13.500 3.500V9H19";

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export function drawFile(file) {
  const type = file.mime.split("/")[0];
  if (file.kind === "location") {
    const [lat, lon] = file.url.replace(/^geo:/, "").split(/[,;?]/);
    return make("span", { class: "file" }, icon("M12 21s7-6.200 7-11.500A7 7 0 0 0 5 9.500C5 14.800 12 21 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z"),
      make("span", {}, `${file.name || say("web.location")} `, make("small", {}, `${lat}, ${lon}`)));
  }
  if (!file.url.startsWith("/files/")) return make("span", {}, file.name);
  if (type === "image") {
    const picture = make("img", { class: "picture", src: file.url, alt: file.name || say("web.picture"), loading: "lazy" });
    return make("a", { href: file.url, target: "_blank", rel: "noopener" }, picture);
  }
  if (type === "audio") return make("audio", { src: file.url, controls: true, preload: "metadata", "aria-label": file.name });
  if (type === "video") return make("video", { src: file.url, controls: true, preload: "metadata", "aria-label": file.name });
  return make("a", { class: "file", href: file.url, download: file.name }, icon(FILE_ICON),
    make("span", {}, `${file.name} `, make("small", {}, size(file.size))));
}

// A list of messages that follows its end while the reader is there.
export class Log {
  constructor(node, more) {
    this.node = node;
    this.lines = new Map();
    this.more = more;
    node.addEventListener("scroll", () => this.atEnd() && (more.hidden = true));
    more.addEventListener("click", () => { this.toEnd(); more.hidden = true; });
    new ResizeObserver(() => this.followed && this.toEnd(true)).observe(node);
    node.addEventListener("scroll", () => { this.followed = this.atEnd(); });
    this.followed = true;
  }

  atEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 90;
  }

  toEnd(at_once = false) {
    this.node.scrollTo({ top: this.node.scrollHeight, behavior: at_once ? "instant" : "auto" });
    this.followed = true;
  }

  add(line, { mine = false, at_once = false } = {}) {
    const stay = !this.followed && !mine;
    this.node.append(line);
    if (stay) this.more.hidden = false;
    else this.toEnd(at_once);
    for (const picture of line.querySelectorAll("img")) {
      picture.addEventListener("load", () => this.followed && this.toEnd(true));
    }
  }

  clear() {
    for (const line of this.lines.values()) line.remove();
    this.lines.clear();
    this.node.replaceChildren();
    this.more.hidden = true;
    this.followed = true;
  }
}

// What one wrote oneself can be changed and taken back.
export function ownActions(line, { edit, remove }) {
  const acts = make("span", { class: "own" },
    make("button", { type: "button", class: "plain", "data-act": "edit", on: { click: () => rewrite(line, edit) } }, say("web.edit")),
    make("button", { type: "button", class: "plain", "data-act": "delete", on: { click: remove } }, say("web.delete")));
  line.append(acts);
}

function rewrite(line, edit) {
  const text = line.querySelector(".text");
  if (!text || line.querySelector(".rewrite")) return;
  const box = make("textarea", { rows: "2", "aria-label": say("web.edit_label"), maxlength: String(labels.limits.text) });
  box.value = text.textContent;
  const done = () => { form.remove(); text.hidden = false; line.querySelector("[data-act=edit]")?.focus(); };
  const form = make("form", { class: "rewrite", on: { submit: (event) => {
    event.preventDefault();
    if (box.value.trim() && box.value !== text.textContent) edit(box.value);
    done();
  } } }, box,
    make("button", { class: "button primary", type: "submit" }, say("web.save")),
    make("button", { class: "button", type: "button", on: { click: done } }, say("web.cancel")));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") done();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  text.hidden = true;
  text.after(form);
  box.focus();
}

export function takenBack(line) {
  line?.querySelector(".bubble").replaceChildren(make("em", {}, say("web.deleted")));
  line?.querySelector(".buttons")?.remove();
  line?.querySelector(".own")?.remove();
}

export function typing(name) {
  return make("div", { class: "line", id: "typing" },
    make("span", { class: "who" }, name),
    make("div", { class: "bubble" }, make("span", { class: "dots", role: "img", "aria-label": say("web.typing", { name }) },
      make("i"), make("i"), make("i"))));
}

// ── the box to write in ────────────────────────────────────────────────────────────────────

export class Composer {
  constructor({ form, text, file, attach, chosen, area, upload, submit, typing, notice }) {
    Object.assign(this, { form, text, file, chosen, upload, submit, notice });
    this.files = [];
    let hinted = 0;
    text.addEventListener("input", () => {
      this.grow();
      if (text.value && Date.now() - hinted > 3000) { hinted = Date.now(); typing(); }
    });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); this.go(); });
    attach.addEventListener("click", () => file.click());
    file.addEventListener("change", () => { this.take(file.files); file.value = ""; });
    text.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length) { event.preventDefault(); this.take(event.clipboardData.files); }
    });
    area.addEventListener("dragover", (event) => { event.preventDefault(); area.classList.add("dropping"); });
    area.addEventListener("dragleave", () => area.classList.remove("dropping"));
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      area.classList.remove("dropping");
      this.take(event.dataTransfer.files);
    });
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, 168)}px`;
  }

  async take(list) {
    for (const file of list) {
      if (this.files.length >= labels.limits.files) { this.notice(say("web.error.too_many_files")); return; }
      if (file.size > labels.limits.upload) { this.notice(say("web.error.too_large", { most: size(labels.limits.upload) })); continue; }
      const item = { name: file.name || "image.png", state: "sending" };
      this.files.push(item);
      this.draw(item, file);
      try {
        Object.assign(item, await this.upload(file, item.name), { state: "there" });
        item.chip.removeAttribute("aria-busy");
      } catch (error) {
        this.drop(item);
        this.notice(say(`web.error.${error.message}`, { most: size(labels.limits.upload) }));
      }
    }
  }

  draw(item, file) {
    const preview = file.type.startsWith("image/") ? make("img", { src: URL.createObjectURL(file), alt: "" }) : null;
    const remove = make("button", { type: "button", "aria-label": say("web.remove_file", { file: item.name }), on: { click: () => this.drop(item) } }, "×");
    item.chip = make("div", { class: "chip", "aria-busy": "true" }, preview, make("span", {}, item.name), remove);
    this.chosen.append(item.chip);
  }

  drop(item) {
    this.files = this.files.filter((other) => other !== item);
    item.chip.remove();
    this.text.focus();
  }

  go() {
    if (this.files.some((item) => item.state === "sending")) { this.notice(say("web.error.uploading")); return; }
    const value = this.text.value;
    if (!value.trim() && !this.files.length) return;
    if (Array.from(value).length > labels.limits.text) { this.notice(say("web.error.too_long", { most: labels.limits.text })); return; }
    this.submit(value, this.files.map(({ id, kind, name, mime, size: bytes, url }) => ({ id, kind, name, mime, size: bytes, url })));
    this.text.value = "";
    this.files = [];
    this.chosen.replaceChildren();
    this.grow();
    this.text.focus();
  }
}

export async function uploadFile(file, name, headers = {}) {
  let answer;
  try {
    answer = await fetch(`/upload?name=${encodeURIComponent(name)}`, { method: "POST", body: file, headers });
  } catch {
    throw new Error("upload");
  }
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.reason === "not_found" ? "upload" : body.reason);
  return body;
}
