// For supervisors: the desk at this moment, today, and how the service does by week and symptom.
import { html } from "lit";
import { Part } from "./element.js";
import * as api from "./api.js";
import { decimal, percent, plot, weekName } from "./plot.js";
import { errorWords } from "./signin.js";
import { lasting, say } from "./words.js";

const time = (value) => (value === null || value === undefined ? "–" : lasting(value));
const PLOTS = [
  ["first_time_fix", "first_time_fix", percent, 1],
  ["containment", "containment", percent, 1],
  ["handed_over_share", "handed_over_share", percent, 1],
  ["to_person_median_s", "to_person", time, null],
  ["feedback_mean", "feedback", decimal, 5],
  ["conversations", "conversations", (value) => String(Math.round(value)), null],
];

class Supervisor extends Part {
  static properties = { store: {}, today: { state: true }, lines: { state: true }, weeks: { state: true }, symptom: { state: true }, error: { state: true } };

  constructor() {
    super();
    this.today = null;
    this.lines = null;
    this.weeks = 8;
    this.symptom = "all";
    this.error = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.again = () => this.requestUpdate();
    this.store.addEventListener("change", this.again);
    this.store.addEventListener("tick", this.again);
    this.reading = setInterval(() => this.#readToday(), 15_000);
    this.#readToday();
    this.#readFigures();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.store.removeEventListener("change", this.again);
    this.store.removeEventListener("tick", this.again);
    clearInterval(this.reading);
  }

  async #readToday() {
    this.today = await api.get("/today").catch(() => this.today);
  }

  async #readFigures() {
    this.error = "";
    try {
      this.lines = (await api.get(`/figures?weeks=${this.weeks}`)).lines;
    } catch (error) {
      this.error = errorWords(error);
    }
  }

  render() {
    return html`<main class="view wide" aria-labelledby="view-title">
      <h2 id="view-title" tabindex="-1">${say("supervisor")}</h2>
      ${this.#now()} ${this.#people()} ${this.#figures()}
    </main>`;
  }

  #now() {
    const waiting = this.store.waiting();
    const now = this.store.now();
    const longest = waiting.length ? Math.max(...waiting.map((line) => (now - Date.parse(line.opened_at)) / 1000)) : null;
    const talking = [...this.store.chats.values()].filter((line) => line.state !== "waiting").length;
    const today = this.today ?? {};
    const tiles = [
      ["now_waiting", waiting.length],
      ["now_longest", time(longest)],
      ["now_talking", talking],
      ["today_asked", today.asked ?? "–"],
      ["today_claimed", today.claimed ?? "–"],
      ["today_to_person", time(today.to_person_median_s)],
      ["today_to_answer", time(today.to_answer_median_s)],
    ];
    return html`<dl class="tiles">${tiles.map(([label, value]) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`)}</dl>
      ${Object.keys(today.outcomes ?? {}).length
        ? html`<p class="fine">${say("today_outcomes")} ${Object.entries(today.outcomes).map(([outcome, count], n) => `${n ? ", " : ""}${say(`outcome_${outcome}`, {}, outcome.replaceAll("_", " "))} ${count}`)}</p>`
        : ""}`;
  }

  #people() {
    const order = ["available", "busy", "away", "gone"];
    const people = [...this.store.people.values()].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.name.localeCompare(b.name));
    return html`<h3>${say("people")}</h3>
      <table class="table">
        <thead>
          <tr><th scope="col">${say("field_name")}</th><th scope="col">${say("presence_column")}</th><th scope="col">${say("languages")}</th><th scope="col" class="n">${say("my_chats_column")}</th></tr>
        </thead>
        <tbody>
          ${people.map(
            (person) => html`<tr class=${person.state}>
              <th scope="row">${person.name}</th><td>${say(`state_${person.state}`)}</td><td>${person.languages.join(", ")}</td><td class="n">${person.talking} / ${person.capacity}</td>
            </tr>`,
          )}
        </tbody>
      </table>`;
  }

  #figures() {
    if (this.error) return html`<p class="problem" role="alert">${this.error}</p>`;
    if (!this.lines) return html`<p role="status">${say("loading")}</p>`;
    const symptoms = [...new Set(this.lines.map((line) => line.symptom))].sort((a, b) => (b === "all") - (a === "all") || a.localeCompare(b));
    const weeks = [...new Set(this.lines.map((line) => line.week))];
    const at = (week) => this.lines.find((line) => line.week === week && line.symptom === this.symptom);
    return html`<div class="choosing">
        <h3>${say("figures")}</h3>
        <span class="gap"></span>
        <label>${say("period")} <select @change=${(event) => ((this.weeks = Number(event.target.value)), this.#readFigures())}>
          ${[4, 8, 26, 52].map((count) => html`<option value=${count} ?selected=${count === this.weeks}>${say("weeks", { count })}</option>`)}
        </select></label>
        <label>${say("field_symptom")} <select @change=${(event) => (this.symptom = event.target.value)}>
          ${symptoms.map((each) => html`<option value=${each} ?selected=${each === this.symptom}>${say(`symptom_${each}`, {}, each)}</option>`)}
        </select></label>
        <a class="button" href="/desk/api/figures.csv?weeks=${this.weeks}" download>CSV</a>
      </div>
      <div class="plots">
        ${PLOTS.map(([field, label, show, top]) => plot(say(`figure_${label}`), weeks.map((week) => ({ week, value: at(week)?.[field] ?? null })), show, top))}
      </div>
      ${this.#table(weeks.at(-1))}
      <p class="fine">${say("figures_explained")}</p>`;
  }

  #table(week) {
    const rows = this.lines.filter((line) => line.week === week);
    return html`<div class="sideways" tabindex="0" role="region" aria-label=${say("by_symptom")}>
      <table class="table">
        <caption>${say("by_symptom")}, ${weekName(week)}</caption>
        <thead>
          <tr><th scope="col">${say("field_symptom")}</th>${PLOTS.map(([, label]) => html`<th scope="col" class="n">${say(`figure_${label}`)}</th>`)}</tr>
        </thead>
        <tbody>
          ${rows.map(
            (line) => html`<tr>
              <th scope="row">${say(`symptom_${line.symptom}`, {}, line.symptom)}</th>
              ${PLOTS.map(([field, , show]) => html`<td class="n">${line[field] === null ? "–" : show(line[field])}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

customElements.define("desk-supervisor", Supervisor);
