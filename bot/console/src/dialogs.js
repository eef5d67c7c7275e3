// Everything that is asked in a window of its own. The browser keeps the focus inside and gives it back.
import { html } from "lit";
import { Part } from "./element.js";
import * as alerts from "./alerts.js";
import * as api from "./api.js";
import { SHORTCUTS } from "./shortcuts.js";
import { errorWords } from "./signin.js";
import { say, spoken } from "./words.js";
import { caseForms } from "./case_dialogs.js";
import "./canned.js";

const OUTCOMES = ["solved", "case_opened", "booked", "advice", "referred", "no_answer", "other"];
const MOST_CHATS = 20;

class DeskDialog extends Part {
  static properties = { what: {}, subject: {}, store: {}, theme: {}, error: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.error = "";
    this.busy = false;
  }

  firstUpdated() {
    this.querySelector("dialog").showModal();
    this.querySelector("[autofocus]")?.focus();
  }

  render() {
    return html`<dialog class=${this.what} aria-labelledby="dialog-title" @close=${() => this.tell("done")} @cancel=${(event) => event.stopPropagation()}>
      <header class="head">
        <h2 id="dialog-title">${say(`title_${this.what}`)}</h2>
        <span class="gap"></span>
        <button class="icon" type="button" aria-label=${say("close_window")} @click=${() => this.close()}>×</button>
      </header>
      ${caseForms[this.what] ? caseForms[this.what](this) : this[`_${this.what}`]()}
    </dialog>`;
  }

  /** Something that the rest of a form depends on. */
  change(name, value) {
    this[name] = value;
    this.requestUpdate();
  }

  close() {
    this.querySelector("dialog").close();
  }

  /** A form whose answer is sent; `send(fields)` does it. */
  _form(content, send, verb) {
    const submit = async (event) => {
      event.preventDefault();
      this.busy = true;
      this.error = "";
      try {
        await send(Object.fromEntries(new FormData(event.target)));
        this.close();
      } catch (error) {
        this.error = errorWords(error);
      } finally {
        this.busy = false;
      }
    };
    return html`<form @submit=${submit}>
      ${content}
      <p class="problem" role="alert">${this.error}</p>
      <p class="verbs">
        <button type="button" @click=${() => this.close()}>${say("cancel")}</button>
        <button class="primary" ?disabled=${this.busy}>${verb}</button>
      </p>
    </form>`;
  }

  get _chat() {
    return this.store.current;
  }

  _transfer() {
    const there = [...this.store.people.values()].filter((person) => person.id !== this.store.agent.id && person.state !== "gone");
    if (there.length === 0) return html`<p>${say("nobody_there")}</p>`;
    return this._form(
      html`<fieldset>
        <legend>${say("transfer_to")}</legend>
        ${there.map(
          (person, n) => html`<label class="option"
            ><input type="radio" name="to" value=${person.id} required ?autofocus=${n === 0} />
            <span><b>${person.name}</b> <span class="fine">${say(`state_${person.state}`)} · ${person.languages.join(", ")} · ${say("load", person)}</span></span></label
          >`,
        )}
      </fieldset>`,
      (given) => this.store.leave(this._chat, "transfer", { to: given.to }),
      say("do_transfer"),
    );
  }

  _give_back() {
    return this._form(
      html`<p>${say("give_back_lead")}</p>
        <label>${say("word_to_customer")}<textarea name="word" rows="3" maxlength="2000" autofocus></textarea></label>`,
      (given) => this.store.leave(this._chat, "return", { word: given.word.trim() }),
      say("do_give_back"),
    );
  }

  _release() {
    return this._form(html`<p>${say("release_lead")}</p>`, () => this.store.leave(this._chat, "release"), say("do_release"));
  }

  _close() {
    return this._form(
      html`<fieldset>
          <legend>${say("outcome")}</legend>
          ${OUTCOMES.map(
            (outcome, n) => html`<label class="option"><input type="radio" name="outcome" value=${outcome} required ?autofocus=${n === 0} /> ${say(`outcome_${outcome}`)}</label>`,
          )}
        </fieldset>
        <label>${say("word_to_customer")}<textarea name="word" rows="2" maxlength="2000"></textarea></label>`,
      (given) => this.store.leave(this._chat, "close", { outcome: given.outcome, word: given.word.trim() }),
      say("do_close"),
    );
  }

  _canned() {
    return html`<desk-canned
      .store=${this.store}
      @chosen=${(event) => {
        this.close();
        this.tell("inserted", { text: event.detail.text });
      }}
    ></desk-canned>`;
  }

  _help() {
    return html`<p>${say("help_lead")}</p>
      <table class="keys">
        <tbody>
          ${SHORTCUTS.map((each) => html`<tr><th scope="row"><kbd>${each.keys}</kbd></th><td>${say(`key_${each.does}`)}</td></tr>`)}
          <tr><th scope="row"><kbd>Enter</kbd></th><td>${say("key_send")}</td></tr>
          <tr><th scope="row"><kbd>Shift+Enter</kbd></th><td>${say("key_newline")}</td></tr>
          <tr><th scope="row"><kbd>Esc</kbd></th><td>${say("key_escape")}</td></tr>
        </tbody>
      </table>`;
  }

  _settings() {
    const asking = alerts.notificationState();
    const again = () => this.requestUpdate();
    return html`<div class="settings">
      <label
        >${say("capacity")}
        <input
          type="number"
          min="1"
          max=${MOST_CHATS}
          .value=${String(this.store.capacity)}
          @change=${(event) => event.target.validity.valid && this.store.beat(this.store.state, Number(event.target.value))}
        />
      </label>
      <label class="option"><input type="checkbox" .checked=${alerts.soundOn()} @change=${() => (alerts.switchSound(), again())} /> ${say("sound")}</label>
      ${asking === "default"
        ? html`<button type="button" @click=${() => alerts.askForNotifications().then(again)}>${say("allow_notifications")}</button>`
        : html`<p class="fine">${say(`notifications_${asking}`)}</p>`}
      <p class="verbs start">
        <button type="button" @click=${() => this.tell("switch-theme")}>${say("switch_theme")}</button>
        <button type="button" lang=${spoken() === "da" ? "en" : "da"} @click=${() => this.tell("switch-language")}>${say("other_language")}</button>
      </p>
      <details>
        <summary>${say("change_password")}</summary>
        ${this._form(
          html`<input class="sr" name="username" autocomplete="username" tabindex="-1" aria-hidden="true" .value=${this.store.agent.email} readonly />
            <label>${say("present_password")}<input name="present" type="password" autocomplete="current-password" required /></label>
            <label>${say("new_password")}<input name="new" type="password" autocomplete="new-password" minlength="12" required /><span class="hint">${say("password_rule")}</span></label>`,
          async ({ present, new: chosen }) => api.useToken((await api.post("/password", { present, new: chosen })).token),
          say("save_password"),
        )}
      </details>
      <p class="verbs start"><button type="button" @click=${() => this.tell("sign-out")}>${say("sign_out")}</button></p>
    </div>`;
  }
}

customElements.define("desk-dialog", DeskDialog);
