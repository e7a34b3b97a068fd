// The live board draws and asks; every number and every text comes finished from Python.
//
// A hand on a slider makes wishes. They wait in line, a newer step of the same weight replacing the older one. One is
// under way at a time: to the direct address where there is one, and what the hand lets go of to the session. While a
// wish for a weight is under way, no answer to an older one turns that weight back. This file is followed by drawing.js.

const PATTERNS = 8;
const NARROW = 700;
const PATIENCE = 4000;
const PAUSE = 30; // ms without a new ranking before it is asked how sure it is: a moving hand comes first
const boards = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let board = boards.get(parentElement);
  if (!board) {
    board = create(parentElement);
    boards.set(parentElement, board);
  }
  board.send = (orders) => setStateValue("orders", orders);
  receive(board, data);
  return () => boards.delete(parentElement);
}

function create(parent) {
  const root = parent.querySelector(".board");
  const find = (selector) => root.querySelector(selector);
  const board = {
    root, find,
    body: find("tbody"),
    controls: new Map(),
    rows: new Map(),
    seq: 0, orders: [], waiting: [], hand: null, asking: null,
    locked: new Set(),
    built: "", payload: null, session: null, direct: true,
    sure: { timer: 0, asking: false, wanted: null, drawn: 0 },
  };
  for (const button of root.querySelectorAll("[data-order]")) {
    button.onclick = () => act(board, { kind: button.dataset.order });
  }
  find("select").onchange = (event) => act(board, { kind: "method", choice: event.target.value });
  if (root.clientWidth < NARROW) find(".tools").open = false;
  return board;
}

// ---- what Python says -------------------------------------------------------------------------------------------

function receive(board, { controls, payload, session }) {
  board.session = session;
  board.root.dataset.stored = session.seq;
  board.seq = Math.max(board.seq, session.seq);
  board.orders = board.orders.filter((order) => order.seq > session.seq);
  if (board.built !== session.built) {
    build(board, controls);
    board.built = session.built;
  }
  if (!board.orders.length) board.locked = new Set(session.locked);
  say(board, session.message);
  if (!isBusy(board) || !usesDirect(board)) draw(board, payload, board.payload !== null && !isBusy(board));
  drawSession(board);
  if (!isBusy(board)) wantSure(board, null);
  pump(board);
}

function isBusy(board) {
  return Boolean(board.hand || board.asking || board.waiting.length || board.orders.length);
}

function isUnderWay(board, id) {
  const { hand, asking, waiting, orders } = board;
  if (hand?.moved === id || asking === id || waiting.some((wish) => wish.hand?.moved === id)) return true;
  return !usesDirect(board) && orders.some((order) => order.moved === id);
}

function usesDirect(board) {
  return board.direct && Boolean(board.session.route);
}

// ---- what the hand wants ----------------------------------------------------------------------------------------

function move(board, moved, to, final) {
  const last = board.waiting.at(-1);
  board.hand ??= last?.hand?.moved === moved ? last.hand : { moved, start: null };
  const wish = { hand: board.hand, to, final };
  if (last?.hand === wish.hand) board.waiting[board.waiting.length - 1] = wish;
  else board.waiting.push(wish);
  if (final) board.hand = null;
  pump(board);
}

function act(board, order) {
  board.waiting.push({ order });
  pump(board);
}

async function pump(board) {
  if (board.asking || !board.waiting.length) return;
  const wish = board.waiting[0];
  const isStep = Boolean(wish.hand);
  const mustWait = isStep && !wish.hand.start ? board.orders.some((o) => o.kind !== "move") : false;
  if (mustWait || (isStep && !usesDirect(board) && board.orders.length)) return;
  board.waiting.shift();
  if (isStep) await step(board, wish);
  else post(board, wish.order);
  pump(board);
}

async function step(board, wish) {
  wish.hand.start ??= board.payload;
  const { moved, start } = wish.hand;
  const { points, remembered } = start;
  const order = { kind: "move", moved, to: wish.to, points, remembered, locked: [...board.locked], final: wish.final };
  if (usesDirect(board)) {
    if (wish.hand.answered !== wish.to) {
      board.asking = moved;
      const answer = await ask(board, order);
      board.asking = null;
      if (answer) {
        wish.hand.answered = wish.to;
        draw(board, answer, false);
        wantSure(board, order);
      }
    } else draw(board, board.payload, false);
    if (!wish.final && board.direct) return;
  }
  post(board, order);
}

async function ask(board, order) {
  const { route, question } = board.session;
  try {
    const response = await fetch(route, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...question, order: { ...order, seq: 0 } }),
    });
    if (response.ok) {
      say(board, "");
      return await response.json();
    }
    if (response.status === 422) say(board, (await response.json()).message);
    else board.direct = false;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    say(board, board.texts.offline);
    board.direct = false;
  }
  return null;
}

// ---- how sure is it ---------------------------------------------------------------------------------------------

function wantSure(board, order) {
  const { sure, session, payload } = board;
  if (payload?.sure) drawSure(board, payload.sure);
  if (!session.sure_route) return;
  sure.wanted = { order: order && { ...order, seq: 0 } };
  clearTimeout(sure.timer);
  sure.timer = setTimeout(() => askSure(board), PAUSE);
}

async function askSure(board) {
  const { sure, session } = board;
  if (sure.asking || !sure.wanted) return;
  const { order } = sure.wanted;
  const { study, scenario, language } = session.question;
  sure.wanted = null;
  sure.asking = true;
  try {
    const response = await fetch(session.sure_route, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ study, scenario, language, locked: [...board.locked], order }),
    });
    if (response.ok && !sure.wanted) drawSure(board, await response.json());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // no connection: the ranking says so
  }
  sure.asking = false;
  if (sure.wanted) askSure(board);
}

function post(board, order) {
  const numbered = { ...order, seq: ++board.seq };
  board.orders.push(numbered);
  board.send(board.orders);
  setTimeout(() => {
    if (!board.orders.includes(numbered)) return;
    board.orders = [];
    pump(board);
  }, PATIENCE);
}

function parsePoints(entry) {
  if (!/^\s*\d{1,3}([.,]\d{1,4})?\s*$/.test(entry)) return null;
  const points = Number(entry.replace(",", "."));
  return points <= 100 ? points : null;
}
