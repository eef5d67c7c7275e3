// Files: the button that chooses them, how far each is, and what was sent.
import { type TemplateResult, html, nothing } from "lit/html.js";
import type { OffsiteChat } from "../chat";
import { fill } from "../strings";
import type { ChatEvent } from "../types";
import { ACCEPTED, type Sending } from "../upload";
import { icon } from "./icons";

/** Chooses files; on a phone this offers the camera too. `words`: with its name written on it. */
export function chooser(chat: OffsiteChat, named = false): TemplateResult {
  const choose = (event: Event) => {
    const input = event.target as HTMLInputElement;
    chat.uploads.add(input.files ?? []);
    input.value = "";
  };
  return html`<label class=${named ? "button choose" : "attach"}>${icon("clip")}<span class=${named ? "" : "hide"}>${chat.words.attach}</span>
    <input class="hide" type="file" multiple accept=${ACCEPTED} ?disabled=${!chat.talk.listening} @change=${choose} /></label>`;
}

export function sendings(chat: OffsiteChat): TemplateResult | typeof nothing {
  const { list } = chat.uploads;
  return list.length ? html`<ul class="files">${list.map((each) => sending(chat, each))}</ul>` : nothing;
}

function sending(chat: OffsiteChat, each: Sending): TemplateResult {
  const { words, talk } = chat;
  const { name } = each.file;
  const drop = html`<button class="small" @click=${() => chat.uploads.drop(each)}>${each.refusal ? words.dismiss : words.cancel}<span
    class="hide"> ${name}</span></button>`;
  if (!each.refusal) {
    return html`<li><span>${name}</span><progress max="100" value=${each.percent} aria-label=${fill(words.fileSending, { name })}></progress>${drop}</li>`;
  }
  const why = each.why?.[talk.language] ?? fill(words[each.refusal], { name });
  return html`<li class="bad"><span role="alert">${each.why ? `${name}: ` : ""}${why}</span>${each.refusal === "fileFailed"
    ? html`<button class="small" @click=${() => chat.uploads.retry(each)}>${words.again}</button>`
    : nothing}${drop}</li>`;
}

/** A file that stands in the conversation. */
export function file(chat: OffsiteChat, event: ChatEvent): TemplateResult {
  const { name = "", size = 0, url = "" } = event;
  const fetch = (click: Event) => {
    click.preventDefault();
    void chat.save(url, name);
  };
  const amount = size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`;
  return html`<div class="bubble"><a href=${chat.server.address(url)} download=${name} @click=${fetch}>${icon("clip")}${name}</a> (${amount})</div>`;
}
