// Beside the chat: what the agent needs to know before the first word, and the case with what can be done about it.
import { html } from "lit";
import { Part } from "./element.js";
import { say, spoken } from "./words.js";

class Story extends Part {
  static properties = { store: {} };

  connectedCallback() {
    super.connectedCallback();
    this.again = () => this.requestUpdate();
    this.store.addEventListener("change", this.again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.store.removeEventListener("change", this.again);
  }

  render() {
    const chat = this.store.current && this.store.chat(this.store.current);
    const lines = chat?.story?.lines?.[spoken()] ?? [];
    return html`<aside class="story" aria-label=${say("story")}>
      <header class="head">
        <h2 tabindex="-1">${say("story")}</h2>
        <span class="gap"></span>
        <button class="icon" @click=${() => this.tell("hide-story")} aria-label=${say("hide_story")}>×</button>
      </header>
      <div class="scroll" tabindex="0" role="region" aria-label=${say("story")}>
        ${lines.length ? html`<dl class="facts">${lines.map(([label, words]) => html`<div><dt>${label}</dt><dd>${words}</dd></div>`)}</dl>` : html`<p class="empty">${say("nothing_known")}</p>`}
      </div>
    </aside>`;
  }
}

customElements.define("desk-story", Story);
