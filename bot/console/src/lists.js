// Left: one's own chats, and the queue. Arrow keys walk through the queue; only one row of it is in the Tab order.
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Part } from "./element.js";
import { owed } from "./chat.js";
import { lasting, recall, remember, say, spoken } from "./words.js";

/** Why a person is needed, short enough for a list. */
export const reason = (line) => {
  const words = say(`reason_${line.reason}`, {}, line.reason_words[spoken()]);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const LONG = 180; // seconds after which a wait is shown as long

class Lists extends Part {
  static properties = { store: {}, everybody: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.everybody = recall("desk.queue") !== "own";
    this.at = null; // the queue's row in the Tab order
  }

  connectedCallback() {
    super.connectedCallback();
    this.again = () => this.requestUpdate();
    this.store.addEventListener("change", this.again);
    this.store.addEventListener("tick", this.again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.store.removeEventListener("change", this.again);
    this.store.removeEventListener("tick", this.again);
  }

  render() {
    const { store } = this;
    const now = store.now();
    const mine = store.mine();
    const all = store.waiting();
    const shown = this.everybody ? all : all.filter((line) => store.agent.languages.includes(line.language));
    const at = shown.some((line) => line.id === this.at) ? this.at : shown[0]?.id;
    return html`<nav aria-label=${say("my_chats")} class="mine">
        <h2>${say("my_chats")} <span class="count">${mine.length}</span></h2>
        ${mine.length === 0 ? html`<p class="empty">${say("no_chats")}</p>` : ""}
        <ul>
          ${repeat(mine, (line) => line.id, (line, n) => this.#own(line, n, now))}
        </ul>
      </nav>
      <section aria-label=${say("queue")} class="queue">
        <h2>
          ${say("queue")} <span class="count">${all.length}</span>
          <span class="gap"></span>
          <label class="filter"
            ><input type="checkbox" .checked=${!this.everybody} @change=${this.#filter} />${say("my_languages")}</label
          >
        </h2>
        ${store.ready && shown.length === 0 ? html`<p class="empty">${say("nobody_waits")}</p>` : ""}
        <ul @keydown=${(event) => this.#walk(event, shown)}>
          ${repeat(shown, (line) => line.id, (line) => this.#waits(line, line.id === at, now))}
        </ul>
      </section>`;
  }

  #own(line, n, now) {
    const chat = this.store.chat(line.id);
    const waits = owed(line, now);
    const last = chat.events.findLast((event) => event.text && event.from.role !== "system");
    const typing = chat.typingUntil > Date.now();
    const current = line.id === this.store.current;
    return html`<li>
      <button class="row ${current ? "current" : ""}" aria-current=${current ? "true" : "false"} @click=${() => this.tell("show", { id: line.id })}>
        <span class="top">${n < 9 ? html`<kbd aria-hidden="true">${n + 1}</kbd>` : ""}<span class="who">${line.customer || say("customer")}</span><span class="tongue" lang="en">${line.language}</span></span>
        ${chat.unread ? html`<span class="unread">${chat.unread}<span class="sr">${say("unread")}</span></span>` : ""}
        <span class="last">${typing ? html`<em>${say("is_typing")}</em>` : (last?.text ?? "")}</span>
        <span class="wait ${waits > LONG ? "long" : ""}">${waits ? lasting(waits) : ""}</span>
      </button>
    </li>`;
  }

  #waits(line, at, now) {
    const waited = (now - Date.parse(line.opened_at)) / 1000;
    const foreign = !this.store.agent.languages.includes(line.language);
    const current = line.id === this.store.current;
    return html`<li class="${foreign ? "foreign" : ""} ${line.priority !== "normal" ? "urgent" : ""}">
      <button
        class="row ${current ? "current" : ""}"
        data-row=${line.id}
        tabindex=${at ? 0 : -1}
        aria-current=${current ? "true" : "false"}
        @focus=${() => (this.at = line.id)}
        @click=${() => this.tell("show", { id: line.id })}
      >
        <span class="top"><span class="who" title=${reason(line)}>${reason(line)}</span><span class="tongue" lang="en">${line.language}</span></span>
        <span class="last">${[line.customer, line.symptom_words[spoken()], line.device].filter(Boolean).join(" · ")}</span>
        <span class="wait ${waited > LONG ? "long" : ""}"><span class="sr">${say("has_waited")} </span>${lasting(waited)}</span>
      </button>
      <button class="take" tabindex=${at ? 0 : -1} aria-label=${say("take_this", { who: line.customer || reason(line) })} @click=${() => this.tell("claim", { id: line.id })}>
        ${say("take")}
      </button>
    </li>`;
  }

  #walk(event, shown) {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -shown.length, End: shown.length }[event.key];
    const from = shown.findIndex((line) => line.id === event.target.closest("li")?.querySelector("[data-row]").dataset.row);
    if (!step || event.altKey || from < 0) return;
    event.preventDefault();
    const to = shown[Math.min(shown.length - 1, Math.max(0, from + step))];
    this.at = to.id;
    this.focusOn(`[data-row="${to.id}"]`);
  }

  #filter(event) {
    this.everybody = !event.target.checked;
    remember("desk.queue", this.everybody ? "all" : "own");
  }
}

customElements.define("desk-lists", Lists);
