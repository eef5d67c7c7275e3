// The desk's page: who is there decides what is shown.
import { html } from "lit";
import { Part } from "./element.js";
import * as api from "./api.js";
import { recall, remember, say, speak, spoken } from "./words.js";
import "./signin.js";
import "./room.js";

class Desk extends Part {
  static properties = { agent: { state: true }, known: { state: true }, ways: { state: true }, theme: { state: true } };

  constructor() {
    super();
    this.agent = null;
    this.known = false; // whether we asked who is there
    this.ways = [];
    speak(recall("desk.language") ?? navigator.language?.slice(0, 2));
    this.#paint(recall("desk.theme"));
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener("desk-signed-out", () => this.#arrive(null));
    this.#ask();
  }

  render() {
    document.title = say("title");
    if (!this.known) return html`<p class="door" role="status">${say("loading")}</p>`;
    if (!this.agent || this.agent.must_change)
      return html`<desk-sign-in
        .agent=${this.agent}
        .ways=${this.ways}
        @signed-in=${(event) => this.#arrive(event.detail)}
        @switch-language=${this.#switchLanguage}
      ></desk-sign-in>`;
    return html`<desk-room
      .agent=${this.agent}
      .theme=${this.theme}
      @switch-language=${this.#switchLanguage}
      @switch-theme=${this.#switchTheme}
      @sign-out=${this.#signOut}
    ></desk-room>`;
  }

  async #ask() {
    const found = await api.get("/session").catch(() => ({ agent: null, ways: [] }));
    this.ways = found.ways;
    this.#arrive(found.agent);
  }

  #arrive(agent) {
    if (agent) api.useToken(agent.token);
    if (agent && !recall("desk.language")) speak(agent.languages[0]);
    this.agent = agent;
    this.known = true;
  }

  async #signOut() {
    await api.remove("/session").catch(() => null);
    this.#arrive(null);
  }

  #switchLanguage() {
    speak(spoken() === "da" ? "en" : "da");
    this.requestUpdate();
    this.querySelectorAll("*").forEach((part) => part.requestUpdate?.());
  }

  #switchTheme() {
    const dark = this.theme ? this.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    this.#paint(dark ? "light" : "dark");
    remember("desk.theme", this.theme);
  }

  #paint(theme) {
    this.theme = theme === "dark" || theme === "light" ? theme : "";
    if (this.theme) document.documentElement.dataset.theme = this.theme;
  }
}

customElements.define("offsite-desk", Desk);
