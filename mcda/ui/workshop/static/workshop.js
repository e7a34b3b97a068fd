// What these pages do beyond plain forms: hear of changes, send a vote until it is acknowledged, twin sliders.
(() => {
  "use strict";
  const body = document.body, words = body.dataset;
  const lost = document.getElementById("lost");
  const say = (text) => { lost.textContent = text; lost.hidden = !text; };
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  // Parts marked data-live are drawn anew; what somebody is filling in stays until it is sent.
  const touched = new WeakSet();
  document.addEventListener("input", (event) => {
    const part = event.target.closest("[data-live]");
    if (part) touched.add(part);
  });
  // A button under a finger is not drawn anew until it was let go of: a click must not be lost.
  let pressed = null;
  document.addEventListener("pointerdown", (event) => { pressed = event.target.closest("[data-live]"); });
  for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, () => setTimeout(() => { if (pressed) { pressed = null; refresh(); } }, 0));
  const opened = (part) => Array.from(part.querySelectorAll("details")).map((one) => one.open);
  let busy = false, again = false, gone = false, retry = 0;
  async function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    try {
      do {
        again = false;
        const view = words.view;
        const answer = await fetch(view || words.here || location.pathname + location.search, { headers: { Accept: "text/html" } });
        const text = await answer.text();
        if (!answer.ok && answer.status !== 422 && answer.status !== 404) throw new Error(String(answer.status));
        gone = answer.status === 404;
        if (view && !gone) { document.getElementById("main").innerHTML = text; fit(); }
        else { redraw(new DOMParser().parseFromString(text, "text/html")); }
        say("");
      } while (again);
    } catch (error) { say(words.lost); clearTimeout(retry); retry = setTimeout(refresh, 1500); }
    finally { busy = false; }
  }
  function redraw(next) {
    if (gone) {
      document.querySelectorAll(".more, .top").forEach((part) => part.remove());
      document.getElementById("main").replaceWith(next.getElementById("main"));
      return;
    }
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = next.querySelector(`[data-live="${part.dataset.live}"]`);
      if (!now) continue;
      if (part === pressed) continue;
      if (part.dataset.phase !== undefined ? part.dataset.phase === now.dataset.phase : touched.has(part)) continue;
      const was = opened(part), held = part.contains(document.activeElement) ? places(part).indexOf(document.activeElement) : -1;
      Array.from(now.querySelectorAll("details")).forEach((one, n) => { if (was[n]) one.open = true; });
      part.replaceWith(document.adoptNode(now));
      if (held >= 0 && places(now)[held]) places(now)[held].focus({ preventScroll: true });
    }
    prepare();
  }
  const places = (part) => Array.from(part.querySelectorAll("a, button, input:not([type=hidden]), select, summary"));

  // The projector never cuts anything off: what does not fit is drawn smaller.
  function fit() {
    const view = document.querySelector(".screen .view");
    if (!view || innerWidth <= 640) return;
    view.style.fontSize = "";
    const full = parseFloat(getComputedStyle(view).fontSize);
    for (let size = full; view.scrollHeight > innerHeight && size > full * 0.4; size *= 0.96) view.style.fontSize = `${size}px`;
  }
  if (words.view) { addEventListener("resize", fit); fit(); }

  // The stream says that something changed; a slow look of our own is the safety net.
  if (words.stream) {
    let phase = "";
    const listen = () => {
      const source = new EventSource(words.stream);
      source.onmessage = (event) => {
        const told = JSON.parse(event.data);
        if (told.gone) source.close();
        if (told.gone || told.phase !== phase) { phase = told.phase || ""; refresh(); }
        else say("");
      };
      source.onopen = () => { say(""); phase = ""; };
      source.onerror = async () => {
        say(words.lost);
        // A browser takes up a broken line by itself, but never again after an answer such as 503.
        if (source.readyState !== EventSource.CLOSED) return;
        await wait(1500);
        await refresh();
        if (!gone) listen();
      };
    };
    listen();
    setInterval(() => { if (!gone) refresh(); }, 10000);
  }
  if (words.again) setInterval(refresh, 1000 * Number(words.again));

  // A vote is sent until the server says that it is stored; the token makes it count once however often it is sent.
  async function send(form, sent, line) {
    const key = "vote:" + form.action;
    sessionStorage.setItem(key, sent);
    line.textContent = words.saving;
    for (let pause = 500; ; pause = Math.min(pause * 1.5, 4000)) {
      try {
        const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" }, body: sent });
        const told = await answer.json().catch(() => ({}));
        if (answer.ok) { line.textContent = "✓ " + words.saved + " " + told.saved; line.className = "saved"; form.querySelector("button").textContent = words.change; }
        else if (answer.status === 503 || answer.status === 429 || answer.status >= 500) throw new Error(told.message || words.lost);
        else { line.textContent = told.message || String(answer.status); line.className = "fault"; }
        sessionStorage.removeItem(key);
        say("");
        return;
      } catch (error) { say(error instanceof TypeError ? words.lost : error.message); await wait(pause); }
    }
  }
  // While a thumb moves, the projector follows: one question under way, the latest value wins, nothing is stored.
  // A step of the console is taken without leaving the page; what stands against it is told beside its form.
  async function take(event) {
    event.preventDefault();
    const form = event.target, part = form.closest("[data-live]");
    const told = form.querySelector(".fault") || form.appendChild(Object.assign(document.createElement("p"), { className: "fault" }));
    told.setAttribute("role", "alert");
    told.hidden = true;
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams(new FormData(form)).toString() });
      const said = await answer.json().catch(() => ({}));
      form.elements.token.value = fresh();
      if (!answer.ok) { told.textContent = said.message || String(answer.status); told.hidden = false; return; }
      say("");
      if (part) { touched.delete(part); if (!form.classList.contains("inline")) form.closest("details")?.removeAttribute("open"); }
      refresh();
    } catch (error) { say(words.lost); }
  }
  let moving = false, next = null;
  async function move(form) {
    if (moving) { next = form; return; }
    moving = true;
    const sent = new URLSearchParams(new FormData(form)).toString();
    await fetch(form.dataset.try, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: sent }).catch(() => {});
    moving = false;
    if (next) { const later = next; next = null; move(later); }
  }
  function prepare() {
    for (const range of document.querySelectorAll("input[type=range][data-twin][hidden]")) {
      const box = document.getElementById(range.dataset.twin);
      range.hidden = false;
      const take = () => { box.value = range.value; range.classList.remove("unset"); };
      range.addEventListener("input", take);
      for (const kind of ["pointerup", "keyup"]) range.addEventListener(kind, (event) => { if (!box.value && event.key !== "Tab") { take(); box.dispatchEvent(new Event("input", { bubbles: true })); } });
      box.addEventListener("input", () => { const typed = Number(box.value.replace(",", ".")); if (typed >= 0 && typed <= 100) range.value = typed; });
      if (range.closest("[data-try]")) {
        range.addEventListener("input", () => move(range.form));
        range.addEventListener("change", () => range.form.requestSubmit());
      }
    }
    for (const form of document.querySelectorAll("form[data-vote]:not([data-ready])")) {
      form.dataset.ready = "1";
      const line = form.querySelector("[data-saved-line]");
      form.addEventListener("input", () => { line.textContent = words.unsent; line.className = "unsent"; });
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const button = form.querySelector("button");
        button.disabled = true;
        send(form, new URLSearchParams(new FormData(form)).toString(), line).finally(() => { form.elements.token.value = fresh(); button.disabled = false; });
      });
      const left = sessionStorage.getItem("vote:" + form.action);
      if (left) send(form, left, line);
    }
    if (document.body.classList.contains("console")) {
      for (const form of document.querySelectorAll('form[action$="/step"]:not([data-try]):not([data-ready])')) { form.dataset.ready = "1"; form.addEventListener("submit", take); }
    }
    for (const form of document.querySelectorAll("form[data-try]:not([data-ready])")) {
      form.dataset.ready = "1";
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const part = form.closest("[data-live]");
        try {
          await fetch(form.action, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams(new FormData(form)).toString() });
          form.elements.token.value = fresh();
          if (part) touched.delete(part);
          refresh();
        } catch (error) { say(words.lost); }
      });
    }
  }
  prepare();
})();
