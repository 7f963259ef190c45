// One script tag puts the chat into any page:
//   <script src="https://support.example.com/embed.js" defer></script>
// data-side="left" puts the button on the left; data-lang="zh" or "en" sets its label.
(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const side = script.dataset.side === "left" ? "left" : "right";
  const zh = (script.dataset.lang ?? navigator.language ?? "").toLowerCase().startsWith("zh");
  const words = { open: "", close: "", title: "" };
  fetch(`${origin}/phrases.json`).then((answer) => answer.json()).then(({ phrases }) => {
    const labels = phrases[zh ? "zh" : "en"];
    for (const name of Object.keys(words)) words[name] = labels[`web.embed.${name}`];
    toggleLabel();
  });

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    button { position: fixed; bottom: 20px; ${side}: 20px; width: 60px; height: 60px; border: 0; border-radius: 20px;
      background: #0b6b57; color: #fff; cursor: pointer; box-shadow: 0 6px 24px rgb(0 0 0 / 24%); z-index: 2147483000; }
    button:focus-visible { outline: 3px solid #1f6feb; outline-offset: 3px; }
    svg { width: 28px; height: 28px; fill: none; stroke: currentColor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }
    iframe { position: fixed; bottom: 92px; ${side}: 20px; width: 400px; height: min(660px, calc(100dvh - 112px)); border: 0;
      border-radius: 18px; background: Canvas; box-shadow: 0 12px 48px rgb(0 0 0 / 28%); z-index: 2147483000; }
    iframe[hidden] { display: none; }
    @media (max-width: 520px) { iframe { inset: 0; width: 100%; height: calc(100dvh - 84px); border-radius: 0; } }
  `);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  const toggleLabel = () => button.setAttribute("aria-label", isOpen() ? words.close : words.open);
  button.setAttribute("aria-expanded", "false");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z M8 11h.01 M12 11h.01 M16 11h.01");
  svg.append(path);
  button.append(svg);
  let frame;

  function toggle(open) {
    if (open && !frame) {
      frame = document.createElement("iframe");
      frame.src = `${origin}/widget`;
      frame.title = words.title;
      root.append(frame);
    }
    if (frame) frame.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    toggleLabel();
    if (open) frame.focus(); else button.focus();
  }

  button.addEventListener("click", () => toggle(!isOpen()));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) toggle(false);
  });
  root.append(button);
  document.body.append(host);
})();
