// Customers to contact, the most urgent first, each with its case and what came of the call.
import { html } from "lit";
import { Part } from "./element.js";
import * as api from "./api.js";
import { caseCard } from "./case_view.js";
import { errorWords } from "./signin.js";
import { dayTime, say } from "./words.js";

class Callbacks extends Part {
  static properties = { store: {}, error: { state: true } };

  constructor() {
    super();
    this.error = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.again = () => this.requestUpdate();
    this.store.addEventListener("change", this.again);
    this.store.loadCallbacks();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.store.removeEventListener("change", this.again);
  }

  render() {
    const { callbacks } = this.store;
    return html`<main class="view" aria-labelledby="view-title">
      <h2 id="view-title" tabindex="-1">${say("callbacks")}</h2>
      <p class="problem" role="alert">${this.error}</p>
      ${callbacks === null ? html`<p role="status">${say("cases_away")}</p>` : ""}
      ${callbacks?.length === 0 ? html`<p class="empty">${say("no_callbacks")}</p>` : ""}
      <ul class="callbacks">
        ${(callbacks ?? []).map((each) => this.#one(each))}
      </ul>
    </main>`;
  }

  #one({ due, late, tried, case: held }) {
    const { contact } = held;
    return html`<li class=${late ? "late" : ""}>
      <p class="due"><b>${say("call_by", { when: dayTime(due) })}</b> ${late ? html`<span class="problem">${say("late")}</span>` : ""} ${tried ? say("tried", { count: tried }) : ""}</p>
      <p>
        <b>${contact.name || say("customer")}</b>
        ${contact.phone ? html`<a href="tel:${contact.phone}">${contact.phone}</a>` : html`<span class="problem">${say("no_phone")}</span>`}
        ${contact.email ? html`<a href="mailto:${contact.email}">${contact.email}</a>` : ""}
      </p>
      <p class="fine">${[held.case_id, say(`symptom_${held.symptom}`, {}, held.symptom), held.language].filter(Boolean).join(" · ")}</p>
      <p class="doing">
        <button class="primary" @click=${() => this.#done(held, "reached")}>${say("reached")}</button>
        <button @click=${() => this.#done(held, "not_reached")}>${say("not_reached")}</button>
      </p>
      <details>
        <summary>${say("tab_case")}</summary>
        ${caseCard(held, (what, subject) => this.tell("ask", { what, subject }))}
      </details>
    </li>`;
  }

  async #done(held, outcome) {
    this.error = "";
    try {
      await api.post(`/callbacks/${held.case_id}/done`, { outcome });
      await this.store.loadCallbacks();
    } catch (error) {
      this.error = errorWords(error);
    }
  }
}

customElements.define("desk-callbacks", Callbacks);
