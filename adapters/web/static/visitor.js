import { $, Composer, Connection, Log, clock, drawFile, drawText, label, labels, loadLabels, make, newId, ownActions, say, takenBack, typing, uploadFile } from "./common.js";

const STORE = "kefu";
const memory = load();
let seen = "0";
let connection;
let typingTimer;
const pressed = new Map();

function load() {
  try { return JSON.parse(localStorage.getItem(STORE)) ?? {}; } catch { return {}; }
}

function keep() {
  try { localStorage.setItem(STORE, JSON.stringify(memory)); } catch { /* private mode: this page only */ }
}

const page = await loadLabels();
labels.lang = memory.lang ?? ((navigator.language || page.lang).toLowerCase().startsWith("zh") ? "zh" : "en");
if (window.top === window.self) document.body.classList.add("standalone");

const log = new Log($("log"), $("more"));

function relabel() {
  label();
  document.title = say("web.visitor.title");
  const other = labels.lang === "zh" ? "en" : "zh";
  $("lang").textContent = other === "zh" ? "中文" : "English";
  $("lang").lang = other;
  $("chips").replaceChildren(...["1", "2", "3", "person"].map((n) => {
    const text = say(`web.visitor.chip.${n}`);
    return make("button", { class: "button", type: "button", on: { click: () => write(text, []) } }, text);
  }));
}

relabel();

$("lang").addEventListener("click", () => {
  labels.lang = labels.lang === "zh" ? "en" : "zh";
  memory.lang = labels.lang;
  keep();
  relabel();
  if (log.lines.size) write(`/language ${labels.lang}`, []);
  $("text").focus();
});

function notice(text) {
  $("notice").textContent = text;
  const shown = make("p", { class: "line system" }, make("span", { class: "bubble" }, text));
  log.add(shown);
}

// ── writing ────────────────────────────────────────────────────────────────────────────────

function write(text, files) {
  const client = newId();
  const entry = { kind: "message", role: "customer", text, files, at: Date.now() / 1000, client };
  const line = drawMessage(entry, null);
  line.classList.add("pending");
  line.dataset.client = client;
  line.querySelector(".meta").textContent = say("web.sending");
  log.add(line, { mine: true });
  (memory.unsent ??= []).push({ type: "message", client, text, files });
  keep();
  connection.send({ type: "message", client, text, files: files.map((file) => file.id) });
}

function settle(client) {
  memory.unsent = (memory.unsent ?? []).filter((frame) => frame.client !== client);
  keep();
}

new Composer({
  form: $("form"), text: $("text"), file: $("file"), attach: $("attach"), chosen: $("chosen"), area: $("chat"),
  upload: (file, name) => uploadFile(file, name, { Authorization: `Bearer ${memory.token}` }),
  submit: write,
  typing: () => connection.hint({ type: "typing" }),
  notice,
});

// ── showing ────────────────────────────────────────────────────────────────────────────────

function speaker(entry) {
  if (entry.role === "bot") return say("web.visitor.bot");
  if (entry.role === "agent") return say("web.visitor.agent", { name: entry.name });
  return "";
}

function drawMessage(entry, id) {
  const mine = entry.role === "customer";
  const who = speaker(entry);
  const bubble = make("div", { class: "bubble" });
  const quoted = entry.reply_to && log.lines.get(entry.reply_to);
  if (quoted) bubble.append(make("span", { class: "quote" }, quoted.querySelector(".text")?.textContent ?? ""));
  bubble.append(make("span", { class: "text" }, drawText(entry.text ?? "", entry.spans)));
  for (const file of entry.files ?? []) bubble.append(drawFile(file));
  const line = make("div", { class: `line ${mine ? "mine" : ""} ${entry.role === "system" ? "system" : ""}` });
  if (who) line.append(make("span", { class: "who" }, who));
  else line.append(make("span", { class: "sr" }, mine ? say("web.visitor.you") : say("web.visitor.system")));
  line.append(bubble, make("span", { class: "meta" }, entry.role === "system" ? "" : clock(entry.at)));
  if (entry.buttons?.length && id) line.append(drawButtons(entry.buttons, id));
  if (mine && id && entry.kind === "message") {
    ownActions(line, {
      edit: (text) => connection.send({ type: "edit", client: newId(), target: id, text }),
      remove: () => connection.send({ type: "delete", client: newId(), target: id }),
    });
  }
  return line;
}

function drawButtons(rows, id) {
  const group = make("div", { class: "buttons", role: "group", "aria-label": say("web.choices") });
  for (const button of rows.flat()) {
    group.append(make("button", {
      class: `button ${button.style === "primary" ? "primary" : ""}`, type: "button", "data-value": button.value,
      on: { click: () => press(button, id) },
    }, button.label));
  }
  return group;
}

function press(button, target) {
  const client = newId();
  choose(target, button.value);
  connection.send({ type: "press", client, target, value: button.value, label: button.label });
  $("text").focus();
}

function choose(target, value) {
  pressed.set(target, value);
  const line = log.lines.get(target);
  for (const button of line?.querySelectorAll(".buttons button") ?? []) {
    button.disabled = true;
    button.classList.toggle("chosen", button.dataset.value === value);
  }
}

function show(frame) {
  seen = frame.id;
  $("welcome").hidden = true;
  switch (frame.kind) {
    case "message": {
      stopTyping();
      const pending = frame.client && $("log").querySelector(`[data-client="${CSS.escape(frame.client)}"]`);
      if (frame.client) settle(frame.client);
      const line = drawMessage(frame, frame.id);
      log.lines.set(frame.id, line);
      if (pending && !connection.waiting.has(frame.client)) { pending.replaceWith(line); break; }
      if (pending) {
        line.classList.add("pending");
        line.dataset.client = frame.client;
        pending.replaceWith(line);
        break;
      }
      log.add(line, { mine: frame.role === "customer", at_once: !caughtUp });
      if (pressed.has(frame.id)) choose(frame.id, pressed.get(frame.id));
      if (caughtUp && document.hidden && frame.role !== "customer") document.title = `● ${say("web.visitor.title")}`;
      break;
    }
    case "pressed": {
      choose(frame.target, frame.value);
      const line = drawMessage({ role: "customer", text: frame.label, at: frame.at }, null);
      log.add(line, { mine: true, at_once: !caughtUp });
      break;
    }
    case "edited": {
      const line = log.lines.get(frame.target);
      if (!line) break;
      line.querySelector(".text").replaceChildren(drawText(frame.text, frame.spans));
      line.querySelector(".meta").textContent = `${say("web.edited")} · ${clock(frame.at)}`;
      break;
    }
    case "deleted": {
      const line = log.lines.get(frame.target);
      takenBack(line);
      break;
    }
  }
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) document.title = say("web.visitor.title"); });

function stopTyping() {
  clearTimeout(typingTimer);
  $("typing")?.remove();
}

function showTyping(name) {
  stopTyping();
  log.add(typing(say("web.visitor.agent", { name })));
  typingTimer = setTimeout(stopTyping, 5000);
}

// ── the connection ─────────────────────────────────────────────────────────────────────────

let caughtUp = false;
let bannerTimer;

connection = new Connection("/ws/visitor", {
  hello: () => ({ type: "hello", token: memory.token, after: seen, lang: labels.lang }),
  state: (state) => {
    clearTimeout(bannerTimer);
    if (state === "open") { $("banner").hidden = true; return; }
    bannerTimer = setTimeout(() => { $("banner").textContent = say("web.reconnecting"); $("banner").hidden = false; }, 600);
  },
  take: (frame) => {
    switch (frame.type) {
      case "welcome": memory.token = frame.token; keep(); break;
      case "entry": show(frame); break;
      case "caught_up": caughtUp = true; document.body.dataset.ready = "true"; break;
      case "typing": showTyping(frame.name); break;
      case "ack": {
        settle(frame.client);
        const line = $("log").querySelector(`[data-client="${CSS.escape(frame.client)}"]`);
        line?.classList.remove("pending");
        if (line) line.querySelector(".meta").textContent = clock(Date.now() / 1000);
        break;
      }
      case "error": {
        if (!frame.client) break;
        settle(frame.client);
        const line = $("log").querySelector(`[data-client="${CSS.escape(frame.client)}"]`);
        line?.classList.replace("pending", "failed");
        const why = say(`web.error.${frame.reason}`, { most: labels.limits.text });
        if (line) line.querySelector(".meta").textContent = why;
        $("notice").textContent = why;
        break;
      }
    }
  },
});

// What an earlier visit could not send any more.
for (const frame of memory.unsent ?? []) {
  const line = drawMessage({ role: "customer", text: frame.text, files: frame.files, at: Date.now() / 1000 }, null);
  line.classList.add("pending");
  line.dataset.client = frame.client;
  log.add(line, { mine: true });
  connection.send({ ...frame, files: (frame.files ?? []).map((file) => file.id) });
}
