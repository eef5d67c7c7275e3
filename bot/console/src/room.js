// The desk itself: the bar, the lists, the chat, the story beside it; the keyboard; what calls for attention.
import { html } from "lit";
import { Part } from "./element.js";
import { Store } from "./store.js";
import * as alerts from "./alerts.js";
import { asked } from "./shortcuts.js";
import { errorWords } from "./signin.js";
import { say } from "./words.js";
import { owed } from "./chat.js";
import { reason } from "./lists.js";
import "./news.js";
import "./talk.js";
import "./story.js";
import "./dialogs.js";
import "./callbacks.js";
import "./supervisor.js";

const STATES = ["available", "busy", "away"];

class Room extends Part {
  static properties = { agent: {}, theme: {}, dialog: { state: true }, problem: { state: true }, beside: { state: true }, view: { state: true } };

  constructor() {
    super();
    this.dialog = null;
    this.problem = "";
    this.view = "chats";
    this.beside = matchMedia("(min-width: 1100px)").matches;
    this.pressed = (event) => this.#press(event);
    this.looked = () => (this.store.look(), this.store.changed());
  }

  connectedCallback() {
    super.connectedCallback();
    this.store = new Store(this.agent);
    this.store.addEventListener("change", () => this.requestUpdate());
    this.store.addEventListener("queued", (event) => this.#queued(event.detail));
    this.store.addEventListener("heard", (event) => this.#heard(event.detail));
    this.store.addEventListener("given", (event) => this.#given(event.detail));
    this.store.start();
    this.store.loadCallbacks();
    document.addEventListener("keydown", this.pressed);
    document.addEventListener("visibilitychange", this.looked);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.store.stop();
    alerts.badge(0);
    document.removeEventListener("keydown", this.pressed);
    document.removeEventListener("visibilitychange", this.looked);
  }

  render() {
    const { store } = this;
    const unread = store.mine().reduce((sum, line) => sum + store.chat(line.id).unread, 0);
    const waiting = store.waiting().filter((line) => this.agent.languages.includes(line.language)).length;
    alerts.badge(unread + (store.state === "available" ? waiting : 0));
    const beside = this.view === "chats" && this.beside && store.current;
    const lost = store.ready && !store.online;
    return html`<a class="skip" href="#talk">${say("skip_to_chat")}</a>
      <div class="room ${beside ? "beside" : ""} ${store.current || this.view !== "chats" ? "talking" : ""}">
        ${this.#bar(lost)}
        <desk-lists
          class="side"
          .store=${store}
          @claim=${(event) => this.#try(() => store.claim(event.detail.id), "write")}
          @show=${(event) => this.#show(event.detail.id)}
        ></desk-lists>
        ${this.#middle()}
        <desk-story
          class="far"
          .store=${store}
          ?hidden=${!beside}
          @hide-story=${() => this.#toggleStory()}
          @ask=${(event) => this.#open(event.detail.what, event.detail.subject)}
        ></desk-story>
      </div>
      <desk-news></desk-news>
      ${this.problem
        ? html`<p class="toast" role="alert">${this.problem} <button class="link" @click=${() => (this.problem = "")}>${say("dismiss")}</button></p>`
        : ""}
      ${this.dialog
        ? html`<desk-dialog
            .what=${this.dialog.what}
            .subject=${this.dialog.subject}
            .store=${store}
            .theme=${this.theme}
            @done=${(event) => event.currentTarget.isConnected && this.#closed()}
            @inserted=${(event) => this.querySelector("desk-talk").insert(event.detail.text)}
          ></desk-dialog>`
        : ""}`;
  }

  #middle() {
    const { store } = this;
    const ask = (event) => this.#open(event.detail.what, event.detail.subject);
    if (this.view === "callbacks") return html`<desk-callbacks id="talk" class="middle" .store=${store} @ask=${ask}></desk-callbacks>`;
    if (this.view === "supervisor") return html`<desk-supervisor id="talk" class="middle" .store=${store}></desk-supervisor>`;
    return html`<desk-talk
      id="talk"
      class="middle"
      .store=${store}
      .beside=${this.beside}
      @claim=${(event) => this.#try(() => store.claim(event.detail.id), "write")}
      @ask=${ask}
      @toggle-story=${() => this.#toggleStory()}
      @back=${() => this.#show(null)}
    ></desk-talk>`;
  }

  #views() {
    const late = (this.store.callbacks ?? []).length;
    const names = this.agent.role === "supervisor" ? ["chats", "callbacks", "supervisor"] : ["chats", "callbacks"];
    return html`<nav class="views" aria-label=${say("views")}>
      ${names.map(
        (name) => html`<button aria-current=${this.view === name ? "page" : "false"} @click=${() => this.#view(name)}>
          ${say(`nav_${name}`)}${name === "callbacks" && late ? html` <span class="count">${late}</span>` : ""}
        </button>`,
      )}
    </nav>`;
  }

  async #view(name) {
    this.view = name;
    await this.updateComplete;
    if (name !== "chats") this.querySelector(`desk-${name}`)?.focusOn("#view-title");
  }

  #bar(lost) {
    const { store } = this;
    return html`<header class="bar">
      <h1 class="brand"><img src="/desk/icon.svg" alt="" width="24" height="24" />${say("brand")}</h1>
      <label class="presence ${store.state}"
        ><span class="sr">${say("presence")}</span>
        <select id="presence" .value=${store.state} @change=${(event) => store.beat(event.target.value)}>
          ${STATES.map((state) => html`<option value=${state} ?selected=${state === store.state}>${say(`state_${state}`)}</option>`)}
        </select></label
      >
      <span class="load" title=${say("capacity")}>${say("load", { talking: store.mine().length, capacity: store.capacity })}</span>
      <span class="line ${lost ? "down" : ""}" role="status">${lost ? say("line_down") : ""}</span>
      <span class="gap"></span>
      ${this.#views()}
      <button @click=${() => this.#open("help")} title="Alt+H">${say("shortcuts")}</button>
      <button @click=${() => this.#open("settings")}>${this.agent.name}</button>
    </header>`;
  }

  // --- doing

  async #try(action, focus) {
    this.problem = "";
    try {
      await action();
      if (focus) this.view = "chats";
      if (focus) this.#focus(focus);
    } catch (error) {
      this.problem = errorWords(error);
    }
  }

  async #show(id) {
    this.view = "chats";
    await this.#try(() => this.store.show(id));
    if (id && this.store.has(id)) this.#focus("write");
  }

  async #focus(what) {
    await this.updateComplete;
    const talk = this.querySelector("desk-talk");
    await talk?.updateComplete;
    if (what === "write") talk.focusOn("textarea");
    if (what === "queue") this.querySelector("desk-lists").focusOn("[data-row][tabindex='0']");
  }

  async #open(what, subject = null) {
    const needsOwn = ["transfer", "give_back", "release", "close", "canned"];
    if (needsOwn.includes(what) && !this.store.has(this.store.current)) return;
    if (this.dialog) {
      // The last window is shut but its `close` has yet to arrive: let it go first, or it would take the new one along.
      this.#closed();
      await this.updateComplete;
    }
    this.returnTo = document.activeElement;
    this.dialog = { what, subject };
  }

  #closed() {
    this.dialog = null;
    if (this.returnTo?.isConnected) this.returnTo.focus();
    else if (this.store.has(this.store.current)) this.#focus("write");
  }

  async #toggleStory() {
    this.beside = !this.beside;
    await this.updateComplete;
    if (this.beside) this.querySelector("desk-story").focusOn("h2");
    else this.#focus("write");
  }

  #press(event) {
    const wanted = asked(event);
    if (!wanted || this.querySelector("dialog[open]")) return;
    event.preventDefault();
    const { store } = this;
    const mine = store.mine();
    const place = mine.findIndex((line) => line.id === store.current);
    const doing = {
      take_next: () => this.#takeNext(),
      next_chat: () => mine.length && this.#show(mine[(place + 1) % mine.length].id),
      previous_chat: () => mine.length && this.#show(mine[(Math.max(place, 0) - 1 + mine.length) % mine.length].id),
      chat_number: () => mine[wanted.number - 1] && this.#show(mine[wanted.number - 1].id),
      write: () => this.querySelector("desk-talk").write(false),
      note: () => this.querySelector("desk-talk").write(true),
      story: () => store.current && this.#toggleStory(),
      queue: () => this.#focus("queue"),
      presence: () => this.focusOn("#presence"),
    };
    (doing[wanted.does] ?? (() => this.#open(wanted.does)))();
  }

  async #takeNext() {
    if (this.taking) return;
    this.taking = true;
    await this.store.known; // right after sign-in: whether anybody waits is not known yet
    const next = this.store.waiting().find((line) => this.agent.languages.includes(line.language));
    if (!next) this.problem = say("nobody_waits");
    else await this.#try(() => this.store.claim(next.id), "write");
    this.taking = false;
  }

  // --- calling

  #announce(text) {
    this.querySelector("desk-news").announce(text);
  }

  #queued(lines) {
    const text = say("alert_queued_text", { reason: reason(lines[0]), count: this.store.waiting().length });
    this.#announce(text);
    if (this.store.state === "available") alerts.call("queued", text, lines[0].id, () => this.#show(lines[0].id));
  }

  #heard({ id, events }) {
    const line = this.store.chats.get(id);
    const who = line?.customer || say("customer");
    if (id !== this.store.current) this.#announce(say("alert_heard_text", { who }));
    alerts.call("heard", who, id, () => this.#show(id));
    if (id === this.store.current && events.length && owed(line, this.store.now()) >= 0) this.store.look();
  }

  #given(line) {
    const text = say("alert_given_text", { who: line.customer || say("customer") });
    this.#announce(text);
    alerts.call("given", text, line.id, () => this.#show(line.id));
  }
}

customElements.define("desk-room", Room);
