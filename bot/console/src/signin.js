// Signing in, and choosing a password of one's own: everything that is seen before there is somebody at the desk.
import { html } from "lit";
import { Part } from "./element.js";
import * as api from "./api.js";
import { say, spoken } from "./words.js";

/** An error of the API in the page's words; what came from nobody is the network's. */
export function errorWords(error) {
  if (error instanceof api.ApiError && error.words) return error.words[spoken()];
  return say("error_network");
}

/** What went wrong on the way back from an identity provider. */
const PROBLEMS = { provider: "problem_provider", no_account: "problem_no_account" };

class SignIn extends Part {
  static properties = { agent: {}, ways: {}, error: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.agent = null; // somebody with a one-time password
    this.ways = []; // other ways to sign in: {name, url}
    this.error = say(PROBLEMS[new URLSearchParams(location.search).get("problem")] ?? "", {}, "");
    this.busy = false;
  }

  firstUpdated() {
    this.focusOn("input");
  }

  updated(changed) {
    if (changed.has("agent") && this.agent) this.focusOn("input:not(.sr)");
  }

  render() {
    return html`<main class="door">
      <form class="sheet" @submit=${this.agent ? this.#choose : this.#enter} aria-labelledby="door-title">
        <h1 id="door-title">${this.agent ? say("choose_password") : say("title")}</h1>
        ${this.agent ? this.#newPassword() : this.#credentials()}
        <p class="problem" role="alert">${this.error}</p>
        <button class="primary wide" ?disabled=${this.busy}>${this.agent ? say("save_password") : say("sign_in")}</button>
        ${this.agent ? "" : this.ways.map((way) => html`<a class="button wide" href=${way.url}>${say("sign_in_with", { name: way.name })}</a>`)}
        <p class="fine">
          <button type="button" class="link" lang=${spoken() === "da" ? "en" : "da"} @click=${() => this.tell("switch-language")}>
            ${say("other_language")}
          </button>
        </p>
      </form>
    </main>`;
  }

  #credentials() {
    return html`<p class="lead">${say("sign_in_lead")}</p>
      <label>${say("email")}<input name="email" type="email" autocomplete="username" required maxlength="254" /></label>
      <label>${say("password")}<input name="password" type="password" autocomplete="current-password" required maxlength="254" /></label>`;
  }

  #newPassword() {
    return html`<input class="sr" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" .value=${this.agent.email} readonly />
      <p class="lead">${say("choose_password_lead", { name: this.agent.name })}</p>
      <label>${say("one_time_password")}<input name="present" type="password" autocomplete="current-password" required maxlength="254" /></label>
      <label
        >${say("new_password")}<input name="new" type="password" autocomplete="new-password" required minlength="12" maxlength="200" />
        <span class="hint">${say("password_rule")}</span></label
      >
      <label>${say("new_password_again")}<input name="again" type="password" autocomplete="new-password" required maxlength="200" /></label>`;
  }

  async #enter(event) {
    const given = fields(event);
    await this.#send("/session", { email: given.email, password: given.password });
  }

  async #choose(event) {
    const given = fields(event);
    if (given.new !== given.again) {
      this.error = say("passwords_differ");
      return;
    }
    await this.#send("/password", { present: given.present, new: given.new });
  }

  async #send(path, body) {
    this.busy = true;
    this.error = "";
    try {
      this.tell("signed-in", await api.post(path, body));
      this.querySelector("form")?.reset();
    } catch (error) {
      this.error = errorWords(error);
      this.querySelector("input[type=password]")?.focus();
    } finally {
      this.busy = false;
    }
  }
}

function fields(event) {
  event.preventDefault();
  return Object.fromEntries(new FormData(event.target));
}

customElements.define("desk-sign-in", SignIn);
