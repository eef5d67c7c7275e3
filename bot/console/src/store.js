// What the page knows, and everything it does about it. Parts listen to "change" (something is different) and "tick"
// (a second has passed).
import * as api from "./api.js";
import { Chat } from "./chat.js";
import { Stream } from "./stream.js";

const BEAT = 20_000;
const CALLBACKS_EVERY = 60_000;
const TYPING_SHOWN = 6_000;
const TYPING_TOLD = 3_000;

export class Store extends EventTarget {
  chats = new Map(); // id → line of the board
  people = new Map();
  open = new Map(); // id → Chat
  current = null; // id of the chat on the screen
  online = false;
  ready = false; // the board was read
  callbacks = []; // customers to contact; null where the case system is away
  skew = 0; // the server's clock minus ours
  #told;
  /** Kept once the board was read: before that nobody can say who waits. */
  known = new Promise((told) => (this.#told = told));
  #beaten = 0;
  #called = 0;
  #typed = new Map();
  #taking = new Set(); // ids that this page asks for just now

  constructor(agent) {
    super();
    this.agent = agent;
    this.state = agent.presence;
    this.capacity = agent.capacity;
  }

  start() {
    this.beat();
    this.stream = new Stream(
      () => this.mine().map((line) => `${line.id}:${this.chat(line.id).last}`).join(","),
      (event, data) => this.#heard(event, data),
      (up) => this.#line(up),
    );
    this.ticking = setInterval(() => this.#tick(), 1000);
  }

  stop() {
    this.stream.stop();
    clearInterval(this.ticking);
  }

  // --- reading

  now() {
    return Date.now() + this.skew;
  }

  /** Those that wait, next one first. */
  waiting() {
    const order = (line) => [line.rank, line.opened_at, line.id];
    const before = (a, b) => (a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] < b[2] ? -1 : 1));
    return [...this.chats.values()].filter((line) => line.state === "waiting").sort((a, b) => before(order(a), order(b)));
  }

  /** This agent's chats, in the order in which they were taken. */
  mine() {
    const held = [...this.chats.values()].filter((line) => line.agent === this.agent.id && line.state !== "waiting");
    return held.sort((a, b) => (a.claimed_at < b.claimed_at ? -1 : 1));
  }

  has(id) {
    const line = this.chats.get(id);
    return Boolean(line && line.agent === this.agent.id && line.state !== "waiting");
  }

  chat(id) {
    if (!this.open.has(id)) this.open.set(id, new Chat(id));
    return this.open.get(id);
  }

  // --- doing

  /** Put a chat on the screen, also one that waits or that a colleague has. */
  async show(id) {
    this.current = id;
    if (id) {
      this.look();
      await this.load(id).catch(() => null);
    }
    this.changed();
  }

  async load(id) {
    const chat = this.chat(id);
    const whole = await api.get(`/chats/${id}?after=${chat.last}`);
    chat.add(whole.events);
    chat.story = whole;
    chat.notes = whole.notes;
    if (this.current === id) this.look();
    this.changed();
  }

  /** The chat's cases; they may be away while the chat is not. */
  async loadCases(id) {
    const chat = this.chat(id);
    chat.cases = null; // being asked for
    chat.casesAway = false;
    try {
      chat.cases = (await api.get(`/chats/${id}/cases`)).cases;
    } catch {
      chat.casesAway = true;
    }
    this.changed();
  }

  /** Customers to contact. */
  async loadCallbacks() {
    this.#called = Date.now();
    this.callbacks = await api.get("/callbacks").then((found) => found.callbacks, () => null);
    this.changed();
  }

  /** A case as it stands after something was done. */
  replaceCase(changed) {
    this.callbacks = this.callbacks?.map((each) => (each.case.case_id === changed.case_id ? { ...each, case: changed } : each)) ?? null;
    this.changed();
    const chat = this.current && this.open.get(this.current);
    if (!chat) return;
    const known = chat.cases ?? [];
    chat.cases = known.some((each) => each.case_id === changed.case_id)
      ? known.map((each) => (each.case_id === changed.case_id ? changed : each))
      : [changed, ...known];
    this.changed();
  }

  /** What is on the screen was seen. */
  look() {
    const chat = this.current && this.open.get(this.current);
    if (chat && document.visibilityState === "visible") chat.seen = chat.last;
  }

  async claim(id) {
    this.#taking.add(id);
    try {
      const { chat } = await api.post(`/chats/${id}/claim`);
      this.#moved(chat);
    } finally {
      this.#taking.delete(id);
    }
    await this.show(id);
  }

  /** A move that ends what this page has of the chat: release, transfer, return, close. */
  async leave(id, how, body = {}) {
    const { chat } = await api.post(`/chats/${id}/${how}`, body);
    if (chat.state === "waiting" || chat.state === "claimed") this.#moved(chat);
    else this.chats.delete(id);
    this.open.delete(id);
    if (this.current === id) this.show(this.mine().find((line) => line.id !== id)?.id ?? null);
    this.changed();
  }

  /** Send, and send again until it is acknowledged; what is refused stays on the screen as not delivered. */
  async send(id, text, message = { id: crypto.randomUUID(), text }) {
    const chat = this.chat(id);
    chat.pending = [...chat.pending.filter((each) => each.id !== message.id), { ...message, state: "sending" }];
    this.changed();
    for (let tries = 0; ; tries++) {
      try {
        await api.post(`/chats/${id}/messages`, message);
        return;
      } catch (error) {
        if (error.status !== 0 && error.status < 500 && error.status !== 429) return this.#failed(chat, message, error);
        if (tries >= 8) return this.#failed(chat, message, error);
        await new Promise((go) => setTimeout(go, Math.min(5000, 400 * 2 ** tries)));
      }
    }
  }

  async note(id, text) {
    const note = await api.post(`/chats/${id}/notes`, { id: crypto.randomUUID(), text });
    const chat = this.chat(id);
    chat.notes = [...chat.notes.filter((each) => each.id !== note.id), note];
    this.changed();
  }

  typing(id) {
    if (Date.now() - (this.#typed.get(id) ?? 0) < TYPING_TOLD || !this.has(id)) return;
    this.#typed.set(id, Date.now());
    api.post(`/chats/${id}/typing`).catch(() => null);
  }

  async beat(state = this.state, capacity = this.capacity) {
    this.#beaten = Date.now();
    [this.state, this.capacity] = [state, capacity];
    this.changed();
    await api.post("/presence", { state, capacity }).catch(() => null);
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  // --- hearing

  #heard(event, data) {
    if (event === "alive") {
      if (Date.now() - this.#beaten > BEAT) this.beat(); // timers sleep in a tab at the back; the line does not
      return;
    }
    if (event === "signed_out") return window.dispatchEvent(new CustomEvent("desk-signed-out"));
    if (event === "board") this.#board(data);
    if (event === "chat") this.#said(data.id, data.events);
    if (event === "typing") this.chat(data.id).typingUntil = Date.now() + TYPING_SHOWN;
    this.changed();
  }

  #board(data) {
    const before = new Set(this.waiting().map((line) => line.id));
    const had = new Set(this.mine().map((line) => line.id));
    const first = !this.ready;
    if (data.whole) this.chats = new Map();
    if (data.whole) this.people = new Map();
    data.chats.forEach((line) => this.#moved(line));
    data.chats_gone.forEach((id) => this.chats.delete(id));
    data.people.forEach((person) => this.people.set(person.id, person));
    data.people_gone.forEach((id) => this.people.delete(id));
    this.skew = Date.parse(data.now) - Date.now();
    this.ready = true;
    this.#told();
    for (const id of this.open.keys()) if (!this.chats.has(id) && id !== this.current) this.open.delete(id);
    const fresh = this.waiting().filter((line) => !before.has(line.id) && this.agent.languages.includes(line.language));
    if (first) return;
    if (fresh.length > 0) this.dispatchEvent(new CustomEvent("queued", { detail: fresh }));
    // Several moves may have come as one: what is ours now, was not, and was not asked for here, a colleague gave us.
    const given = this.mine().filter((line) => !had.has(line.id) && !this.#taking.has(line.id));
    given.forEach((line) => this.dispatchEvent(new CustomEvent("given", { detail: line })));
  }

  #moved(line) {
    this.chats.set(line.id, line);
    const chat = this.open.get(line.id);
    if (chat?.story && line.notes > chat.notes.length) this.load(line.id).catch(() => null);
    if (this.current === line.id && !this.has(line.id) && chat && line.last_seq > chat.last) this.load(line.id).catch(() => null);
  }

  #said(id, events) {
    const chat = this.chat(id);
    const known = chat.last > 0;
    const fresh = chat.add(events);
    if (fresh.some((event) => event.type === "card")) chat.cases = undefined; // the case moved: ask again when looked at
    if (!known) chat.seen = chat.last; // told when the page was opened
    if (this.current === id) this.look();
    const theirs = known ? fresh.filter((event) => event.from.role === "customer") : [];
    if (theirs.length > 0) this.dispatchEvent(new CustomEvent("heard", { detail: { id, events: theirs } }));
  }

  #failed(chat, message, error) {
    chat.pending = chat.pending.map((each) => (each.id === message.id ? { ...each, state: "failed", error } : each));
    this.changed();
  }

  #line(up) {
    this.online = up;
    if (up) this.beat();
    this.changed();
  }

  #tick() {
    if (Date.now() - this.#beaten > BEAT) this.beat();
    if (Date.now() - this.#called > CALLBACKS_EVERY) this.loadCallbacks();
    this.dispatchEvent(new Event("tick"));
  }
}
