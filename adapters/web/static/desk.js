import { $, Composer, Connection, Log, clock, drawFile, drawText, label, labels, loadLabels, make, newId, ownActions, say, takenBack, typing, uploadFile } from "./common.js";

const page = await loadLabels();
const remembered = (() => { try { return localStorage.getItem("kefu-desk-lang"); } catch { return null; } })();
labels.lang = remembered ?? page.desk_lang;

const cases = new Map();
const unread = new Set();
const ACTS = { n: "note", c: "claim", b: "bot", x: "close" };
let connection;
let me = null;
let current = null;
let seen = "0";
let caughtUp = false;
let noteMode = false;
let typingTimer;
let bannerTimer;
const log = new Log($("log"), $("more"));

// ── login ──────────────────────────────────────────────────────────────────────────────────

function relabel() {
  label();
  const other = labels.lang === "zh" ? "en" : "zh";
  for (const id of ["lang", "login-lang"]) {
    $(id).textContent = other === "zh" ? "中文" : "English";
    $(id).lang = other;
  }
  $("keys").replaceChildren(...[["j / k", "next"], ["r", "reply"], ["n", "note"], ["c", "claim"], ["b", "bot"], ["x", "close"], ["Esc", "leave"], ["?", "shortcuts"]]
    .flatMap(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, say(`web.desk.key.${what}`))]));
  if (me) { drawList(); drawCard(); }
}

function otherLanguage() {
  labels.lang = labels.lang === "zh" ? "en" : "zh";
  try { localStorage.setItem("kefu-desk-lang", labels.lang); } catch { /* this page only */ }
  relabel();
}

$("lang").addEventListener("click", otherLanguage);
$("login-lang").addEventListener("click", otherLanguage);

$("login-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  $("login-problem").textContent = "";
  let answer;
  try {
    answer = await fetch("/desk/login", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name: $("name").value, password: $("password").value }),
    });
  } catch {
    $("login-problem").textContent = say("web.login.problem.unreachable");
    return;
  }
  const body = await answer.json();
  if (answer.ok) { $("password").value = ""; enter(body); return; }
  $("login-problem").textContent = say(`web.login.problem.${body.reason}`);
  $("password").select();
});

$("logout").addEventListener("click", async () => {
  await fetch("/desk/logout", { method: "POST" });
  location.reload();
});

async function start() {
  relabel();
  const answer = await fetch("/desk/session");
  if (answer.ok) enter(await answer.json());
  else { $("login").hidden = false; $("name").focus(); }
}

function enter(agent) {
  me = agent;
  $("login").hidden = true;
  $("desk").hidden = false;
  $("me").textContent = agent.name;
  drawList();
  connect();
}

// ── the list ───────────────────────────────────────────────────────────────────────────────

function minutes(at) {
  const seconds = Math.max(0, Date.now() / 1000 - at);
  if (seconds < 60) return say("web.desk.now");
  if (seconds < 3600) return say("web.desk.minutes", { n: Math.floor(seconds / 60) });
  if (seconds < 86400) return say("web.desk.hours", { n: Math.floor(seconds / 3600) });
  return say("web.desk.days", { n: Math.floor(seconds / 86400) });
}

// P0 before P1 before everybody else, each in the order in which they came: as the queue is.
function rank(c) {
  return c.priority === "P0" ? 0 : c.priority === "P1" ? 1 : 2;
}

function groups() {
  const all = [...cases.values()];
  const byUrgency = (a, b) => rank(a) - rank(b) || a.opened_at - b.opened_at;
  return {
    waiting: all.filter((c) => c.status === "waiting").sort(byUrgency),
    open: all.filter((c) => c.status === "open").sort(byUrgency),
    over: all.filter((c) => c.status === "closed" || c.status === "returned").sort((a, b) => b.changed_at - a.changed_at).slice(0, 30),
  };
}

function drawList() {
  const shown = groups();
  const focused = document.activeElement?.dataset?.thread;
  const sections = Object.entries(shown).map(([name, list]) => make("section", {},
    make("h2", {}, make("span", {}, say(`web.desk.${name}`)), make("span", {}, String(list.length))),
    list.length
      ? make("ul", {}, ...list.map((c) => make("li", {}, drawItem(c))))
      : make("p", { class: "none" }, say(`web.desk.none.${name}`))));
  $("cases").replaceChildren(...sections);
  if (focused) $("cases").querySelector(`[data-thread="${CSS.escape(focused)}"]`)?.focus();
  const waiting = make("span", { class: shown.waiting.length ? "alert" : "" });
  const [before, after] = say("web.desk.count.waiting", { n: "\u0000" }).split("\u0000");
  waiting.append(before, make("b", { id: "count-waiting" }, String(shown.waiting.length)), after ?? "");
  const open = make("span");
  const [before2, after2] = say("web.desk.count.open", { n: "\u0000" }).split("\u0000");
  open.append(before2, make("b", { id: "count-open" }, String(shown.open.length)), after2 ?? "");
  $("counts").replaceChildren(waiting, " · ", open);
  document.title = `${shown.waiting.length ? `(${shown.waiting.length}) ` : ""}${say("web.desk.title")}`;
}

function badge(c) {
  return c.priority ? make("span", { class: `priority ${c.priority.toLowerCase()}` }, c.priority) : null;
}

function drawItem(c) {
  const first = make("span", { class: "first" },
    make("span", {}, unread.has(c.thread) ? make("i", { class: "unread", role: "img", "aria-label": say("web.desk.unread") }) : null, badge(c), c.customer),
    make("span", { class: "since" }, minutes(c.status === "closed" || c.status === "returned" ? c.changed_at : c.opened_at)));
  const second = [c.platform, c.agent, c.quote || c.reason].filter(Boolean).join(" · ");
  return make("button", {
    class: `item ${c.status}`, type: "button", "data-thread": c.thread, "aria-current": c.thread === current ? "true" : null,
    on: { click: () => openCase(c.thread) },
  }, first, make("span", { class: "second" }, second));
}

setInterval(() => me && drawList(), 30000);

// ── one case ───────────────────────────────────────────────────────────────────────────────

function openCase(thread) {
  current = thread;
  seen = "0";
  caughtUp = false;
  unread.delete(thread);
  log.clear();
  $("nothing").hidden = true;
  $("thread").hidden = false;
  $("panes").classList.add("reading");
  drawCard();
  drawList();
  connection.hint({ type: "open", thread, after: seen });
  $("text").focus({ preventScroll: true });
}

function leaveCase() {
  const left = current;
  current = null;
  $("thread").hidden = true;
  $("nothing").hidden = false;
  $("panes").classList.remove("reading");
  drawList();
  $("cases").querySelector(`[data-thread="${CSS.escape(left ?? "")}"]`)?.focus();
}

function drawCard() {
  const c = cases.get(current);
  if (!c) return;
  const back = make("button", { class: "icon back", type: "button", "aria-label": say("web.desk.back"), on: { click: leaveCase } }, "‹");
  const facts = make("div", { class: "facts" },
    make("h2", {}, back, badge(c), c.customer, make("span", { class: `badge ${c.status}` }, say(`web.desk.status.${c.status}`))),
    ...c.lines.slice(1).map((line) => make("p", { class: "fact" }, line)));
  const acts = make("div", { class: "acts", role: "group", "aria-label": say("web.desk.actions") },
    ...(c.buttons ?? []).flat().filter((button) => !(c.agent === me.name && button.value.startsWith("takeover:"))).map((button) => make("button", {
      class: `button ${button.style ?? ""}`, type: "button", "data-value": button.value, on: { click: () => press(button.value) },
    }, say(`web.desk.act.${button.value.split(":")[0]}`))));
  $("card").replaceChildren(facts, acts);
  drawMode();
}

function drawMode() {
  const c = cases.get(current);
  if (!c) return;
  const over = c.status === "closed" || c.status === "returned";
  const mine = c.agent && c.agent === me.name;
  const key = noteMode ? "note" : over ? "over" : mine ? "mine" : c.agent ? "theirs" : "unclaimed";
  $("mode").textContent = say(`web.desk.mode.${key}`, { agent: c.agent ?? "" });
  $("text").placeholder = say(noteMode ? "web.desk.write_note" : "web.desk.reply");
  $("composer").classList.toggle("note", noteMode);
  $("note").setAttribute("aria-pressed", String(noteMode));
}

$("note").addEventListener("click", () => { noteMode = !noteMode; drawMode(); $("text").focus(); });

function press(value) {
  connection.send({ type: "press", client: newId(), thread: current, value });
  $("text").focus();
}

function notice(text) {
  $("notice").textContent = text;
  log.add(make("p", { class: "line system" }, make("span", { class: "bubble" }, text)));
}

new Composer({
  form: $("form"), text: $("text"), file: $("file"), attach: $("attach"), chosen: $("chosen"), area: $("case"),
  upload: (file, name) => uploadFile(file, name),
  submit: (text, files) => {
    const client = newId();
    const body = noteMode ? `. ${text}` : text;
    const line = drawMessage({ role: "agent", name: me.name, by: me.agent, text: body, files, at: Date.now() / 1000 });
    line.classList.add("pending");
    line.dataset.client = client;
    line.querySelector(".meta").textContent = say("web.sending");
    log.add(line, { mine: true });
    connection.send({ type: "message", client, thread: current, text: body, files: files.map((file) => file.id) });
  },
  typing: () => !noteMode && connection.hint({ type: "typing", thread: current }),
  notice,
});

function drawMessage(entry, id = null) {
  const mine = entry.role === "agent" && entry.by === me.agent;
  const story = entry.role === "system" && (entry.text ?? "").startsWith("—");
  const who = entry.role === "system" ? "" : entry.name || say(`web.desk.role.${entry.role}`);
  const bubble = make("div", { class: "bubble" });
  const quoted = entry.reply_to && log.lines.get(entry.reply_to);
  if (quoted) bubble.append(make("span", { class: "quote" }, quoted.querySelector(".text")?.textContent ?? ""));
  bubble.append(make("span", { class: "text" }, drawText(entry.text ?? "", entry.spans)));
  for (const file of entry.files ?? []) bubble.append(drawFile(file));
  const line = make("div", { class: `line ${mine ? "mine" : ""} ${entry.role === "system" && !story ? "system" : ""} ${story ? "story" : ""}` });
  if (who) line.append(make("span", { class: "who" }, who));
  else line.append(make("span", { class: "sr" }, say("web.desk.role.system")));
  line.append(bubble, make("span", { class: "meta" }, entry.role === "system" ? "" : clock(entry.at)));
  if (entry.rings) line.classList.add("rings");
  if (entry.buttons?.length && id) line.append(drawChoices(entry.buttons));
  if (mine && id) {
    const thread = current;
    ownActions(line, {
      edit: (text) => connection.send({ type: "edit", client: newId(), thread, target: id, text }),
      remove: () => connection.send({ type: "delete", client: newId(), thread, target: id }),
    });
  }
  return line;
}

function drawChoices(rows) {
  const group = make("div", { class: "buttons", role: "group", "aria-label": say("web.choices") });
  for (const button of rows.flat()) {
    group.append(make("button", {
      class: `button ${button.style ?? ""}`, type: "button", "data-value": button.value,
      on: { click: () => { group.remove(); press(button.value); } },
    }, button.label));
  }
  return group;
}

function show(frame) {
  seen = frame.id;
  switch (frame.kind) {
    case "message": {
      stopTyping();
      const line = drawMessage(frame, frame.id);
      const pending = frame.client && $("log").querySelector(`[data-client="${CSS.escape(frame.client)}"]`);
      log.lines.set(frame.id, line);
      if (pending) pending.replaceWith(line);
      else log.add(line, { mine: false, at_once: !caughtUp });
      break;
    }
    case "internal": {
      const line = log.lines.get(frame.target);
      if (!line) break;
      line.classList.add("inside");
      line.querySelector(".meta").textContent = say("web.desk.inside");
      break;
    }
    case "edited": {
      const line = log.lines.get(frame.target);
      line?.querySelector(".text").replaceChildren(drawText(frame.text, frame.spans));
      if (line) line.querySelector(".meta").textContent = `${say("web.edited")} · ${clock(frame.at)}`;
      break;
    }
    case "deleted":
      takenBack(log.lines.get(frame.target));
      break;
  }
}

function stopTyping() {
  clearTimeout(typingTimer);
  $("typing")?.remove();
}

// ── news ───────────────────────────────────────────────────────────────────────────────────

let notifying = false;

$("bell").addEventListener("click", async () => {
  if (!notifying && "Notification" in window) notifying = (await Notification.requestPermission()) === "granted";
  else notifying = false;
  $("bell").setAttribute("aria-pressed", String(notifying));
});

function announce(c) {
  const what = say(c.priority === "P0" ? "web.desk.danger" : "web.desk.new_case", { customer: c.customer });
  $("notice").textContent = what;
  if (notifying && (document.hidden || c.priority === "P0")) new Notification(what, { body: c.quote, tag: c.thread, requireInteraction: c.priority === "P0" });
}

function takeCards({ cards, all }) {
  for (const card of cards) {
    const before = cases.get(card.thread);
    cases.set(card.thread, card);
    const danger = card.priority === "P0" && before?.priority !== "P0";
    if (!all && (danger || (card.status === "waiting" && before?.status !== "waiting"))) { unread.add(card.thread); announce(card); }
    if (card.thread === current) { unread.delete(card.thread); drawCard(); }
  }
  drawList();
}

function connect() {
  connection = new Connection("/ws/desk", {
    hello: () => null,
    state: async (state) => {
      clearTimeout(bannerTimer);
      if (state === "open") {
        $("banner").hidden = true;
        if (current) connection.hint({ type: "open", thread: current, after: seen });
        return;
      }
      bannerTimer = setTimeout(() => { $("banner").textContent = say("web.reconnecting"); $("banner").hidden = false; }, 600);
      const answer = await fetch("/desk/session").catch(() => null);
      if (answer?.status === 401) { connection.end(); location.reload(); }
    },
    take: (frame) => {
      switch (frame.type) {
        case "cards": takeCards(frame); document.body.dataset.ready = "true"; break;
        case "entry": if (frame.thread === current) show(frame); break;
        case "caught_up": if (frame.thread === current) caughtUp = true; break;
        case "typing":
          if (frame.thread === current && frame.role === "customer") {
            stopTyping();
            log.add(typing(frame.name || say("web.desk.role.customer")));
            typingTimer = setTimeout(stopTyping, 5000);
          }
          break;
        case "ack": {
          const line = $("log").querySelector(`[data-client="${CSS.escape(frame.client)}"]`);
          line?.classList.remove("pending");
          break;
        }
        case "error": {
          const line = frame.client && $("log").querySelector(`[data-client="${CSS.escape(frame.client)}"]`);
          line?.classList.replace("pending", "failed");
          const why = say(`web.error.${frame.reason}`, { most: labels.limits.text });
          if (line) line.querySelector(".meta").textContent = why;
          $("notice").textContent = why;
          break;
        }
      }
    },
  });
}

// ── keys ───────────────────────────────────────────────────────────────────────────────────

$("help").addEventListener("click", () => $("shortcuts").showModal());

function step(by) {
  const shown = groups();
  const list = [...shown.waiting, ...shown.open, ...shown.over];
  const at = list.findIndex((c) => c.thread === current);
  const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
  if (next && next.thread !== current) openCase(next.thread);
}

addEventListener("keydown", (event) => {
  if (!me || $("shortcuts").open || event.ctrlKey || event.metaKey || event.altKey) return;
  const writing = ["INPUT", "TEXTAREA"].includes(document.activeElement?.tagName);
  if (event.key === "Escape") {
    if (writing) document.activeElement.blur();
    else if (current) leaveCase();
    return;
  }
  if (writing) return;
  const act = ACTS[event.key];
  if (event.key === "?") $("shortcuts").showModal();
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "r" && current) $("text").focus();
  else if (act === "note" && current) $("note").click();
  else if (act && current) $("card").querySelector(`[data-value^="${act}:"]`)?.click();
  else return;
  event.preventDefault();
});

start();
