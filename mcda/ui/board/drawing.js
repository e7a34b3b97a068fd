// How the live board looks; joined to board.js, which says what moves.

// ---- fixed parts ------------------------------------------------------------------------------------------------

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function build(board, controls) {
  const { root, find } = board;
  board.texts = controls.texts;
  board.tops = controls.criteria;
  root.lang = document.documentElement.lang = controls.language;
  for (const element of root.querySelectorAll("[data-text]")) {
    element.textContent = controls.texts[element.dataset.text];
  }
  find(".notice").hidden = !controls.notice;
  find(".notice summary").textContent = controls.notice;
  board.controls.clear();
  board.rows.clear();
  board.body.replaceChildren();
  find(".sliders").replaceChildren(...controls.criteria.map((c, i) => slider(board, c, `k${i % PATTERNS}`)));
  find(".presets").replaceChildren(...controls.presets.map((preset) => presetButton(board, preset)));
  find("select").replaceChildren(
    options(controls.texts.own_methods, controls.methods),
    options(controls.texts.second_opinions, controls.second_opinions),
  );
  find(".legend").setAttribute("aria-label", controls.texts.legend);
  find(".legend").replaceChildren(
    ...controls.criteria.map((c, i) => {
      const entry = make("li");
      entry.append(make("i", `swatch k${i % PATTERNS}`), c.label);
      return entry;
    }),
  );
}

function presetButton(board, preset) {
  const button = make("button", "preset", preset.label);
  button.type = "button";
  button.value = preset.id;
  button.title = preset.description;
  button.onclick = () => act(board, { kind: "profile", choice: preset.id });
  return button;
}

function options(label, methods) {
  const group = make("optgroup");
  group.label = label;
  group.append(
    ...methods.map((method) => {
      const option = make("option", "", method.label);
      option.value = method.id;
      return option;
    }),
  );
  return group;
}

function slider(board, criterion, pattern) {
  const node = make("div", `criterion ${pattern}`);
  const control = { typed: "" };
  board.controls.set(criterion.id, control);
  const name = make("span", "name");
  name.append(make("i", `swatch ${pattern}`), criterion.label);
  name.title = criterion.description;
  const range = rangeInput(board, criterion, control);
  const box = boxInput(board, criterion, control);
  const note = make("p", "remark");
  note.setAttribute("role", "status");
  const lock = make("label", "lock");
  const check = make("input");
  check.type = "checkbox";
  check.setAttribute("aria-label", criterion.lock);
  check.onchange = () => relock(board, criterion.id, check.checked);
  lock.append(check, make("span", "", board.texts.lock));
  const hold = make("div", "hold");
  hold.id = `hold-${criterion.id}`;
  range.setAttribute("aria-describedby", hold.id);
  node.append(name, box, lock, note, range, hold);
  if (criterion.children.length) {
    const below = make("details", "below");
    below.append(make("summary", "", criterion.unfold), ...criterion.children.map((c) => slider(board, c, pattern)));
    node.append(below);
  }
  Object.assign(control, { range, box, check, note, hold });
  return node;
}

function rangeInput(board, criterion, control) {
  const range = make("input");
  Object.assign(range, { type: "range", min: "0", max: "100", step: "any" });
  range.dataset.criterion = criterion.id;
  range.setAttribute("aria-label", criterion.slider);
  const moved = (final) => {
    const to = Math.round(range.valueAsNumber);
    range.style.setProperty("--at", `${to}%`);
    settleBox(control);
    move(board, criterion.id, to, final);
  };
  range.oninput = () => moved(false);
  range.onchange = () => moved(true);
  return range;
}

function boxInput(board, criterion, control) {
  const box = make("input", "box");
  Object.assign(box, { type: "text", inputMode: "decimal", autocomplete: "off", maxLength: 8 });
  box.setAttribute("aria-label", criterion.box);
  box.onfocus = () => box.select();
  box.oninput = () => (control.typed = "now");
  box.onchange = () => {
    const points = parsePoints(box.value);
    box.setAttribute("aria-invalid", String(points === null));
    say(board, points === null ? board.texts.number_wrong : "");
    if (points === null) return;
    control.typed = "sent";
    move(board, criterion.id, points, true);
  };
  box.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    settleBox(control);
    box.value = board.payload.shown[criterion.id];
    say(board, "");
  };
  return box;
}

// What was typed into the box no longer stands against what Python says.
function settleBox(control) {
  control.typed = "";
  control.box.setAttribute("aria-invalid", "false");
}

function relock(board, id, isLocked) {
  if (isLocked) board.locked.add(id);
  else board.locked.delete(id);
  drawSession(board);
  act(board, { kind: "lock", locked: [...board.locked] });
}

// ---- what moves -------------------------------------------------------------------------------------------------

function say(board, message) {
  const place = board.find(".wrong");
  if (place.textContent === message) return;
  place.textContent = message;
  place.hidden = !message;
}

function drawSession(board) {
  board.find("[data-order=undo]").disabled = !board.session.can_undo;
  for (const [id, { range, box, check }] of board.controls) {
    check.checked = range.disabled = box.disabled = board.locked.has(id);
  }
}

function draw(board, payload, animate) {
  board.payload = payload;
  board.root.classList.add("unsure");
  drawPoints(board, payload);
  drawRows(board, payload.rows, animate);
  if (!board.hand) drawAround(board, payload);
}

function drawPoints(board, { points, shown, trade, note: [noted, note] }) {
  write(board.find(".trade"), trade);
  for (const [id, control] of board.controls) {
    const { range, box } = control;
    if (!isUnderWay(board, id)) {
      range.value = points[id];
      range.style.setProperty("--at", `${points[id]}%`);
      if (control.typed === "sent") settleBox(control);
    }
    range.setAttribute("aria-valuetext", shown[id]);
    if (!control.typed && box.value !== shown[id]) box.value = shown[id];
    write(control.note, noted === id ? note : "");
  }
  write(board.find(".remark.whole"), noted ? "" : note);
}

// Labels and first places arrive after the ranking they belong to; until then the old ones are pale.
function drawSure(board, { rows, sliders, considered }) {
  for (const [id, row] of board.rows) fillSure(row, rows[id]);
  for (const [id, { hold }] of board.controls) drawHold(hold, sliders[id]);
  write(board.find(".considered"), considered);
  board.root.classList.remove("unsure");
  board.root.dataset.sure = String(++board.sure.drawn);
}

function fillSure(row, data) {
  row.sureCell.title = data?.why ?? "";
  row.sureCell.className = `sure ${data?.label ?? ""}`;
  write(row.sureSign, data?.sign ?? "");
  write(row.sureWord, data?.word ?? "");
  write(row.sureReasons, data?.reasons ?? "");
  write(row.sureShare, data ? ` ${data.share}` : "");
  write(row.sureWhy, data?.why ?? "");
}

const SVG = "http://www.w3.org/2000/svg";

function drawHold(hold, data) {
  hold.hidden = !data;
  if (!data) return;
  if (!hold.firstChild) {
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "0 0 100 20");
    picture.setAttribute("preserveAspectRatio", "none");
    picture.setAttribute("aria-hidden", "true");
    for (const [name, tag] of [["span", "rect"], ["level", "line"], ["lead", "polyline"]]) {
      const part = document.createElementNS(SVG, tag);
      part.setAttribute("class", name);
      picture.append(part);
    }
    const level = picture.querySelector(".level");
    for (const [key, value] of Object.entries({ x1: 0, x2: 100, y1: 10, y2: 10 })) level.setAttribute(key, value);
    picture.querySelector(".span").setAttribute("height", 20);
    hold.append(picture, make("small"), make("span", "unseen"));
  }
  const span = hold.querySelector(".span");
  span.setAttribute("x", data.from);
  span.setAttribute("width", data.to - data.from);
  hold.querySelector(".lead").setAttribute("points", data.line);
  hold.title = data.help;
  write(hold.querySelector("small"), data.text);
  write(hold.querySelector(".unseen"), data.help);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function drawAround(board, payload) {
  const { find } = board;
  find(".said").textContent = payload.said;
  find(".compared").textContent = payload.compared;
  find(".provenance").textContent = payload.provenance;
  find("select").value = payload.method;
  find(".help p").textContent = payload.method_help;
  for (const button of board.root.querySelectorAll(".preset")) {
    const isOn = button.value ? button.value === payload.profile : payload.as_study;
    button.setAttribute("aria-pressed", String(isOn));
  }
  const lists = JSON.stringify([payload.gated, payload.findings]);
  if (board.lists === lists && board.listsIn === board.built) return;
  Object.assign(board, { lists, listsIn: board.built });
  find(".gated").replaceChildren(...payload.gated.map(gatedList));
  find(".findings").replaceChildren(...findingLists(board, payload.findings));
}

function gatedList({ heading, lines }) {
  const block = make("details", "");
  const list = make("ul");
  list.append(...lines.map((line) => make("li", "", line)));
  block.append(make("summary", "", heading), list);
  return block;
}

function findingLists(board, { first, rest, more }) {
  const heading = make("h3", "", board.texts.findings);
  if (!first.length) return [heading, make("p", "hint", board.texts.no_findings)];
  if (!rest.length) return [heading, findingList(first)];
  const block = make("details");
  block.append(make("summary", "", more), findingList(rest));
  return [heading, findingList(first), block];
}

function findingList(findings) {
  const list = make("ul");
  list.append(
    ...findings.map(({ level, level_text, sentence }) => {
      const entry = make("li");
      entry.append(make("strong", `level ${level}`, `${level_text}: `), sentence);
      return entry;
    }),
  );
  return list;
}

function drawRows(board, rows, animate) {
  const glide = animate && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const before = glide ? new Map([...board.rows].map(([id, row]) => [id, row.tr.offsetTop])) : null;
  let place = board.body.firstElementChild;
  let group = 0;
  let isOdd = false;
  for (const data of rows) {
    const row = board.rows.get(data.id) ?? newRow(board, data);
    const opens = data.group !== group;
    if (opens) isOdd = !isOdd;
    group = data.group;
    fill(row, data, `${opens ? "opens" : ""} ${isOdd ? "odd" : "even"}`);
    if (row.tr === place) place = place.nextElementSibling;
    else board.body.insertBefore(row.tr, place);
  }
  dropRows(board, rows);
  if (before) glideRows(board, before);
}

function dropRows(board, rows) {
  if (board.rows.size === rows.length) return;
  const kept = new Set(rows.map((row) => row.id));
  for (const [id, row] of board.rows) {
    if (kept.has(id)) continue;
    row.tr.remove();
    board.rows.delete(id);
  }
}

function glideRows(board, before) {
  for (const [id, row] of board.rows) {
    const by = before.has(id) ? before.get(id) - row.tr.offsetTop : 0;
    if (!by) continue;
    row.tr.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 350, easing: "ease-out" });
  }
}

function newRow(board, { id }) {
  const tr = make("tr");
  tr.setAttribute("role", "row");
  tr.dataset.id = id;
  const cell = (className, tag = "td") => {
    const td = make(tag, className);
    td.setAttribute("role", tag === "th" ? "rowheader" : "cell");
    tr.append(td);
    return td;
  };
  const inside = (parent, tag, className) => parent.appendChild(make(tag, className));
  const row = { tr, data: {}, rank: cell("rank") };
  const moved = cell("move");
  row.arrow = inside(moved, "span", "arrow");
  row.arrow.setAttribute("aria-hidden", "true");
  row.moveText = inside(moved, "span", "unseen");
  row.title = cell("title", "th");
  row.title.scope = "row";
  row.bar = inside(cell("parts"), "div", "bar");
  row.bar.setAttribute("role", "img");
  row.parts = board.tops.map((_, i) => inside(row.bar, "i", `k${i % PATTERNS}`));
  const score = cell("score");
  Object.assign(row, { score: inside(score, "b"), interval: inside(score, "small"), scoreCell: score });
  const own = cell("own");
  own.dataset.label = board.texts.col_own;
  Object.assign(row, { own: inside(own, "span"), ownInterval: inside(own, "small"), ownCell: own });
  row.group = cell("group");
  row.group.dataset.label = board.texts.col_group;
  row.sureCell = cell("sure");
  Object.assign(row, { sureSign: inside(row.sureCell, "span", "sign"), sureWord: inside(row.sureCell, "b") });
  row.sureSign.setAttribute("aria-hidden", "true");
  Object.assign(row, { sureShare: inside(row.sureCell, "span", "share"), sureReasons: inside(row.sureCell, "small") });
  row.sureWhy = inside(row.sureCell, "span", "unseen");
  const programme = cell("programme");
  Object.assign(row, { verdict: inside(programme, "span"), programme: inside(programme, "small") });
  board.rows.set(id, row);
  return row;
}

function fill(row, data, className) {
  const was = row.data;
  const put = (key, element) => {
    if (was[key] !== data[key]) element.textContent = data[key];
  };
  const hint = (key, element) => {
    if (was[key] !== data[key]) element.title = data[key];
  };
  if (row.tr.className !== className) row.tr.className = className;
  put("rank", row.rank);
  put("arrow", row.arrow);
  put("move_text", row.moveText);
  if (was.move !== data.move) row.arrow.className = `arrow ${data.move > 0 ? "up" : data.move < 0 ? "down" : ""}`;
  put("title", row.title);
  row.parts.forEach((part, i) => {
    const width = data.parts[i] ?? 0;
    if (was.parts?.[i] !== width) part.style.width = `${width}%`;
  });
  if (was.parts_text !== data.parts_text) row.bar.setAttribute("aria-label", data.parts_text || data.score);
  hint("parts_text", row.bar);
  put("score", row.score);
  put("interval", row.interval);
  hint("interval_text", row.scoreCell);
  if (was.score_value !== data.score_value) row.tr.dataset.score = data.score_value;
  put("own", row.own);
  put("own_interval", row.ownInterval);
  hint("own_text", row.ownCell);
  put("group", row.group);
  put("programme", row.programme);
  put("verdict_text", row.verdict);
  if (was.verdict !== data.verdict) row.verdict.className = `verdict ${data.verdict}`;
  row.data = data;
}
