// Takes an order or points. Every text comes finished from Python; nothing is computed here but places in the list.

const lists = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let list = lists.get(parentElement);
  if (!list) {
    list = { root: parentElement.querySelector(".asked"), seq: 0, built: "", rows: [], answered: false };
    lists.set(parentElement, list);
  }
  list.send = (numbers) => setStateValue("sent", { seq: ++list.seq, numbers });
  const wanted = JSON.stringify([data.version, data.mode, data.texts, data.rows.map((row) => row.id)]);
  if (list.built !== wanted) {
    list.built = wanted;
    list.texts = data.texts;
    list.mode = data.mode;
    list.rows = data.rows.map((row) => ({ ...row, equal: false }));
    if (list.mode === "order") sortByRank(list);
    draw(list);
  }
  return () => lists.delete(parentElement);
}

// ---- an order ---------------------------------------------------------------------------------------------------

function sortByRank(list) {
  list.answered = list.rows.every((row) => row.number !== null);
  if (!list.answered) return;
  list.rows.sort((a, b) => a.number - b.number);
  list.rows.forEach((row, i) => { row.equal = i > 0 && row.number === list.rows[i - 1].number; });
}

function places(list) {
  const found = [];
  list.rows.forEach((row, i) => found.push(i > 0 && row.equal ? found[i - 1] : i + 1));
  return found;
}

function sendOrder(list) {
  list.answered = true;
  const at = places(list);
  list.send(Object.fromEntries(list.rows.map((row, i) => [row.id, at[i]])));
  draw(list);
}

function move(list, from, to, focus) {
  const goal = Math.max(0, Math.min(list.rows.length - 1, to));
  const [row] = list.rows.splice(from, 1);
  row.equal = false;
  list.rows.splice(goal, 0, row);
  list.rows[0].equal = false;
  sendOrder(list);
  list.root.querySelectorAll("li")[goal].querySelector(focus)?.focus();
}

function orderRow(list, row, i, place) {
  const item = element("li", list.answered ? "" : "open");
  item.dataset.id = row.id;
  const grip = element("span", "grip", "⠿");
  grip.title = list.texts.drag;
  grip.onpointerdown = (event) => drag(list, i, event);
  const head = element("span", "tools");
  head.append(grip, element("span", "place", list.answered ? String(place) : "–"));
  const tools = element("span", "tools moves");
  for (const [step, sign, word, name] of [[-1, "▲", list.texts.up, "up"], [1, "▼", list.texts.down, "down"]]) {
    const button = element("button", name, sign);
    button.setAttribute("aria-label", `${row.name}: ${word}`);
    button.disabled = i + step < 0 || i + step >= list.rows.length;
    button.onclick = () => move(list, i, i + step, `button.${name}`);
    tools.append(button);
  }
  const box = element("input", "box");
  box.inputMode = "numeric";
  box.value = list.answered ? String(place) : "";
  box.setAttribute("aria-label", `${row.name}: ${list.texts.place}`);
  box.onchange = () => {
    const number = Number(box.value.trim());
    if (/^\d+$/.test(box.value.trim()) && number >= 1 && number <= list.rows.length) move(list, i, number - 1, "input.box");
    else fault(item, box, list.texts.place_fault);
  };
  tools.append(box);
  item.append(head, words(row, list.texts), tools);
  if (i > 0) {
    const label = element("label", "equal");
    const check = element("input");
    check.type = "checkbox";
    check.checked = row.equal;
    check.onchange = () => { row.equal = check.checked; sendOrder(list); };
    label.append(check, document.createTextNode(list.texts.equal));
    item.append(label);
  }
  return item;
}

function drag(list, from, event) {
  event.preventDefault();
  const items = [...list.root.querySelectorAll("li")];
  const over = (y) => {
    const found = items.findIndex((item) => y < item.getBoundingClientRect().bottom);
    return found < 0 ? items.length - 1 : found;
  };
  const mark = (e) => items.forEach((item, i) => item.classList.toggle("over", i === over(e.clientY)));
  const end = (e) => {
    removeEventListener("pointermove", mark);
    removeEventListener("pointerup", end);
    items.forEach((item) => item.classList.remove("over"));
    if (over(e.clientY) !== from) move(list, from, over(e.clientY), "button");
  };
  addEventListener("pointermove", mark);
  addEventListener("pointerup", end);
}

// ---- points -----------------------------------------------------------------------------------------------------

function pointsRow(list, row) {
  const item = element("li", row.number === null ? "points open" : "points");
  item.dataset.id = row.id;
  const text = words(row, list.texts);
  const slider = element("input");
  slider.type = "range";
  Object.assign(slider, { min: 0, max: 100, step: 1, value: row.number ?? 0 });
  slider.setAttribute("aria-label", `${row.name}: ${list.texts.points}`);
  const box = element("input", "box");
  box.inputMode = "numeric";
  box.value = row.number ?? "";
  box.placeholder = "–";
  box.setAttribute("aria-label", `${row.name}: ${list.texts.points}`);
  slider.oninput = () => { box.value = slider.value; };
  slider.onchange = () => setPoints(list, row, Number(slider.value), item);
  box.onchange = () => {
    const typed = box.value.trim();
    if (/^\d{1,3}$/.test(typed) && Number(typed) <= 100) {
      slider.value = typed;
      setPoints(list, row, Number(typed), item);
    } else fault(item, box, list.texts.points_fault);
  };
  item.append(text, slider, box);
  if (!list.rows.some((one) => one.number === 100)) {
    const first = element("button", "first", list.texts.first);
    first.setAttribute("aria-label", `${row.name}: ${list.texts.first}`);
    first.onclick = () => {
      slider.value = 100;
      setPoints(list, row, 100, item);
      box.focus();
    };
    item.append(first);
  }
  return item;
}

function setPoints(list, row, number, item) {
  row.number = number;
  if (number === 100) list.root.querySelectorAll("button.first").forEach((button) => button.remove());
  item.className = "points";
  item.querySelector(".box").value = number;
  item.querySelector(".box").classList.remove("wrong");
  item.querySelector(".fault")?.remove();
  const answered = list.rows.filter((one) => one.number !== null);
  list.send(Object.fromEntries(answered.map((one) => [one.id, one.number])));
}

// ---- both -------------------------------------------------------------------------------------------------------

function draw(list) {
  const drawn = element("ol");
  const at = places(list);
  list.rows.forEach((row, i) => drawn.append(list.mode === "order" ? orderRow(list, row, i, at[i]) : pointsRow(list, row)));
  list.root.replaceChildren(drawn);
  if (list.mode === "order" && !list.answered) {
    const confirm = element("button", "confirm", list.texts.confirm);
    confirm.onclick = () => sendOrder(list);
    list.root.append(confirm);
  }
}

function words(row, texts) {
  const text = element("span", "text");
  const range = element("span", "range");
  range.append(`${texts.from} `, element("b", "", row.worst), ` ${texts.to} `, element("b", "", row.best));
  text.append(element("span", "name", row.name), element("br"), range);
  return text;
}

function fault(item, box, sentence) {
  box.classList.add("wrong");
  item.querySelector(".fault")?.remove();
  const line = element("span", "fault", sentence);
  line.setAttribute("role", "alert");
  item.append(line);
}

function element(name, className = "", content = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (content) made.textContent = content;
  return made;
}
