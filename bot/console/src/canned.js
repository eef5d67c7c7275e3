// Ready-made sentences: type to narrow the list, arrows and Enter to choose. They stand in the customer's language.
import { html } from "lit";
import { Part } from "./element.js";
import * as api from "./api.js";
import { say } from "./words.js";

class Canned extends Part {
  static properties = { store: {}, replies: { state: true }, wanted: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.replies = null;
    this.wanted = "";
    this.at = 0;
  }

  async firstUpdated() {
    this.focusOn("input");
    this.replies = await api.get("/canned").catch(() => ({ da: [], en: [] }));
  }

  render() {
    const line = this.store.chats.get(this.store.current);
    const found = this.#found(line?.language ?? "da");
    const at = Math.min(this.at, found.length - 1);
    return html`<label
        >${say("canned_search")}
        <input
          type="search"
          role="combobox"
          aria-expanded="true"
          aria-controls="canned-list"
          aria-activedescendant=${found[at] ? `canned-${at}` : ""}
          autocomplete="off"
          autofocus
          .value=${this.wanted}
          @input=${(event) => ((this.wanted = event.target.value), (this.at = 0))}
          @keydown=${(event) => this.#key(event, found, at)}
      /></label>
      ${this.replies && found.length === 0 ? html`<p class="empty" role="status">${say("canned_none")}</p>` : ""}
      <ul id="canned-list" role="listbox" aria-label=${say("canned")} lang=${line?.language ?? "da"}>
        ${found.map(
          (reply, n) => html`<li id="canned-${n}" role="option" aria-selected=${n === at ? "true" : "false"} @click=${() => this.#choose(reply)}>
            <b>${reply.title}</b><span>${this.#filled(reply.text)}</span>
          </li>`,
        )}
      </ul>`;
  }

  #found(language) {
    const words = this.wanted.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const all = this.replies?.[language] ?? [];
    return all.filter((reply) => words.every((word) => `${reply.title} ${reply.text}`.toLocaleLowerCase().includes(word)));
  }

  #filled(text) {
    const line = this.store.chats.get(this.store.current);
    const known = { agent: this.store.agent.name.split(" ")[0], customer: line?.customer?.split(" ")[0] ?? "", case_id: line?.case_id ?? "" };
    return text.replace(/\{(\w+)\}/g, (_, name) => known[name] || "…");
  }

  #key(event, found, at) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.at = (at + step + found.length) % Math.max(found.length, 1);
      this.updateComplete.then(() => this.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
    } else if (event.key === "Enter" && found[at]) {
      event.preventDefault();
      this.#choose(found[at]);
    }
  }

  #choose(reply) {
    this.tell("chosen", { text: this.#filled(reply.text) });
  }
}

customElements.define("desk-canned", Canned);
