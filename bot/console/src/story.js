// Beside the chat: what is known about the customer, the case with what can be done about it, and the files.
import { html } from "lit";
import { Part } from "./element.js";
import { caseCard } from "./case_view.js";
import { clockTime, say, spoken } from "./words.js";

const TABS = ["facts", "case", "files"];

class Story extends Part {
  static properties = { store: {}, tab: { state: true } };

  constructor() {
    super();
    this.tab = "facts";
  }

  connectedCallback() {
    super.connectedCallback();
    this.again = () => this.requestUpdate();
    this.store.addEventListener("change", this.again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.store.removeEventListener("change", this.again);
  }

  updated() {
    const chat = this.#chat();
    if (chat && !this.hidden && chat.cases === undefined) this.store.loadCases(chat.id);
  }

  #chat() {
    return this.store.current ? this.store.chat(this.store.current) : null;
  }

  render() {
    const chat = this.#chat();
    if (!chat) return "";
    const files = chat.events.filter((event) => event.type === "file");
    const count = { case: chat.cases?.length, files: files.length };
    return html`<aside class="story" aria-label=${say("story")}>
      <header class="head">
        <h2 tabindex="-1">${say("story")}</h2>
        <span class="gap"></span>
        <button class="icon" @click=${() => this.tell("hide-story")} aria-label=${say("hide_story")}>×</button>
      </header>
      <div class="tabs" role="tablist" aria-label=${say("story")} @keydown=${this.#arrow}>
        ${TABS.map(
          (tab) => html`<button
            role="tab"
            id="tab-${tab}"
            aria-controls="beside-chat"
            aria-selected=${tab === this.tab ? "true" : "false"}
            tabindex=${tab === this.tab ? 0 : -1}
            @click=${() => (this.tab = tab)}
          >
            ${say(`tab_${tab}`)}${count[tab] ? ` (${count[tab]})` : ""}
          </button>`,
        )}
      </div>
      <div class="scroll" id="beside-chat" role="tabpanel" aria-labelledby="tab-${this.tab}" tabindex="0">
        ${this.tab === "facts" ? this.#facts(chat) : this.tab === "case" ? this.#cases(chat) : this.#files(chat, files)}
      </div>
    </aside>`;
  }

  #arrow(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.altKey) return;
    this.tab = TABS[(TABS.indexOf(this.tab) + step + TABS.length) % TABS.length];
    this.focusOn(`#tab-${this.tab}`);
  }

  #facts(chat) {
    const lines = chat.story?.lines?.[spoken()] ?? [];
    if (lines.length === 0) return html`<p class="empty">${chat.story ? say("nothing_known") : say("loading")}</p>`;
    return html`<dl class="facts">${lines.map(([label, words]) => html`<div><dt>${label}</dt><dd>${words}</dd></div>`)}</dl>`;
  }

  #cases(chat) {
    if (chat.casesAway) return html`<p class="problem">${say("cases_away")}</p><button @click=${() => this.store.loadCases(chat.id)}>${say("try_again")}</button>`;
    if (!chat.cases) return html`<p role="status">${say("loading")}</p>`;
    const ask = (what, subject) => this.tell("ask", { what, subject });
    return html`${chat.cases.length === 0 ? html`<p class="empty">${say("no_case")}</p>` : chat.cases.map((each) => caseCard(each, ask))}
      ${this.store.has(chat.id) ? html`<button @click=${() => ask("open_case", chat)}>${say("open_case")}</button>` : ""}`;
  }

  #files(chat, files) {
    if (files.length === 0) return html`<p class="empty">${say("no_files")}</p>`;
    return html`<ul class="files">
      ${files.map(
        (event) => html`<li>
          <a href="/desk/api/chats/${chat.id}/files/${event.url.split("/").at(-1)}" download>${event.name}</a>
          <span class="fine">${Math.ceil(event.size / 1024)} kB · ${clockTime(event.at)}</span>
        </li>`,
      )}
    </ul>`;
  }
}

customElements.define("desk-story", Story);
