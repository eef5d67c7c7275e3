// The chat on the screen: who it is, what was said, and where the agent writes.
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Part } from "./element.js";
import { undelivered } from "./chat.js";
import { line as shown, note, pending } from "./message.js";
import { say, spoken } from "./words.js";

const ACTIONS = ["transfer", "give_back", "release", "close"];

class Talk extends Part {
  static properties = { store: {}, beside: {} };

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

  get id_() {
    return this.store.current;
  }

  /** Go to the field, for a message or a private note. */
  write(noting) {
    if (!this.id_ || !this.store.chats.has(this.id_)) return;
    this.store.chat(this.id_).noting = noting;
    this.requestUpdate();
    this.focusOn("textarea");
  }

  /** Put text where the cursor is. */
  async insert(text) {
    const chat = this.store.chat(this.id_);
    const field = this.querySelector("textarea");
    const at = field.selectionStart ?? chat.draft.length;
    chat.draft = chat.draft.slice(0, at) + text + chat.draft.slice(field.selectionEnd ?? at);
    this.requestUpdate();
    await this.updateComplete;
    field.focus();
    field.setSelectionRange(at + text.length, at + text.length);
  }

  willUpdate() {
    const log = this.querySelector(".log");
    const changedChat = this.last !== this.id_;
    this.stick = changedChat || !log || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    this.last = this.id_;
  }

  updated() {
    const log = this.querySelector(".log");
    if (log && this.stick) log.scrollTop = log.scrollHeight;
  }

  render() {
    if (!this.id_)
      return html`<main class="talk nobody"><h2 class="sr">${say("chat")}</h2><p>${this.store.mine().length ? say("choose_chat") : say("welcome", { name: this.store.agent.name.split(" ")[0] })}</p><p class="fine">${say("welcome_keys")}</p></main>`;
    const chat = this.store.chat(this.id_);
    const line = this.store.chats.get(this.id_) ?? chat.story?.chat;
    const own = this.store.has(this.id_);
    if (!line) return html`<main class="talk nobody"><p role="status">${say("loading")}</p></main>`;
    return html`<main class="talk">
      <header class="head">
        <button class="icon back" @click=${() => this.tell("back")} aria-label=${say("back_to_lists")}>←</button>
        <div class="title">
          <h2>${line.customer || say("customer")} <span class="tongue" lang="en">${line.language}</span></h2>
          <p class="about">${[line.symptom_words[spoken()], line.case_id].filter(Boolean).join(" · ")}</p>
        </div>
        <span class="gap"></span>
        ${own ? ACTIONS.map((what) => html`<button class=${what} @click=${() => this.tell("ask", { what })}>${say(`do_${what}`)}</button>`) : ""}
        ${this.beside ? "" : html`<button @click=${() => this.tell("toggle-story")} title="Alt+I">${say("story")}</button>`}
      </header>
      <div class="log" role="log" aria-label=${say("conversation")} tabindex="0" aria-live=${own ? "polite" : "off"}>
        <ol>
          ${repeat(this.#items(chat, line), (item) => item.key, (item) => item.show())}
        </ol>
        <p class="typing" aria-hidden="true">${own && chat.typingUntil > Date.now() ? say("customer_typing") : ""}</p>
      </div>
      ${own ? this.#field(chat) : this.#elsewhere(line, chat)}
    </main>`;
  }

  /** Events and notes by time; what is still under way comes last. */
  #items(chat, line) {
    const events = chat.events.map((event) => ({ at: event.at, key: event.seq, show: () => shown(event, chat.id, undelivered(line, event)) }));
    const notes = chat.notes.map((each) => ({ at: each.at, key: `note ${each.id}`, show: () => note(each) }));
    const said = notes.length ? [...events, ...notes].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) : events;
    const going = chat.pending.map((each) => ({
      key: `pending ${each.id}`,
      show: () => pending(each, () => this.store.send(chat.id, each.text, { id: each.id, text: each.text })),
    }));
    return [...said, ...going];
  }

  #field(chat) {
    return html`<form class="field ${chat.noting ? "noting" : ""}" @submit=${this.#submit}>
      <div class="kinds" role="group" aria-label=${say("kind_of_text")}>
        <button type="button" aria-pressed=${!chat.noting} title="Alt+M" @click=${() => this.write(false)}>${say("message")}</button>
        <button type="button" aria-pressed=${chat.noting} title="Alt+N" @click=${() => this.write(true)}>${say("private_note")}</button>
        <span class="gap"></span>
        <button type="button" title="Alt+K" @click=${() => this.tell("ask", { what: "canned" })}>${say("canned")}</button>
      </div>
      <div class="line">
        <textarea
          rows="2"
          maxlength="2000"
          aria-label=${chat.noting ? say("note_label") : say("message_label")}
          placeholder=${chat.noting ? say("note_label") : say("message_label")}
          .value=${chat.draft}
          @input=${(event) => this.#typed(chat, event.target.value)}
          @keydown=${this.#key}
        ></textarea>
        <button class="primary send" ?disabled=${!chat.draft.trim()}>${chat.noting ? say("save_note") : say("send")}</button>
      </div>
    </form>`;
  }

  #elsewhere(line, chat) {
    const ended = !this.store.chats.has(line.id);
    const words = ended ? say("chat_over") : line.state === "waiting" ? say("chat_waits") : say("chat_held", { name: line.agent_name });
    return html`<div class="elsewhere">
      <p>${words}</p>
      ${!ended && line.state === "waiting" ? html`<button class="primary" @click=${() => this.tell("claim", { id: chat.id })}>${say("take_chat")}</button>` : ""}
    </div>`;
  }

  #typed(chat, text) {
    chat.draft = text;
    if (!chat.noting && text.trim()) this.store.typing(chat.id);
    this.requestUpdate();
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  }

  async #submit(event) {
    event.preventDefault();
    const chat = this.store.chat(this.id_);
    const text = chat.draft.trim();
    if (!text) return;
    chat.draft = "";
    this.stick = true;
    this.requestUpdate();
    if (!chat.noting) return this.store.send(chat.id, text);
    try {
      await this.store.note(chat.id, text);
      chat.noting = false;
    } catch {
      chat.draft = text;
    }
    this.requestUpdate();
  }
}

customElements.define("desk-talk", Talk);
