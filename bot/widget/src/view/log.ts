// The conversation as it is read: messages in order, what is on its way, who writes, and what is wrong.
import { type TemplateResult, html, nothing } from "lit/html.js";
import type { OffsiteChat } from "../chat";
import { fill, languageOf } from "../strings";
import type { ChatEvent, Outgoing } from "../types";
import { card } from "./cards";
import { drawing } from "./drawings";
import { file } from "./files";
import { answers, past } from "./question";
import { icon } from "./icons";
import { prose } from "./prose";

type Part = TemplateResult | typeof nothing;

export function log(chat: OffsiteChat): TemplateResult {
  const { talk, words } = chat;
  const question = talk.question;
  const answered = question && talk.outgoing.some((each) => each.state !== "failed");
  const live = talk.replaying || talk.phase === "starting" ? "off" : "polite";
  return html`<div id="log" class="log" tabindex="0" role="log" aria-live=${live} aria-label=${words.log}
      @scroll=${chat.scrolled}>
    <p class="notice">${words.notice} <a href=${chat.privacyPage} target="_blank" rel="noopener">${words.privacy}</a></p>
    ${talk.events.map((event, index) => message(chat, event, index, event === question, Boolean(answered)))}
    ${talk.outgoing.map((mine) => own(chat, mine))}
    ${typing(chat)}
  </div>
  ${chat.stuck || !talk.events.length ? nothing
    : html`<button class="newest" @click=${() => chat.toNewest()}>${icon("down")}${words.newest}</button>`}
  ${trouble(chat)}`;
}

/** Who says it, for those who don't see on which side it stands. */
function speaker(chat: OffsiteChat, { from }: ChatEvent): string {
  const { words } = chat;
  if (from.role === "customer") return words.saidYou;
  if (from.role === "bot") return words.saidBot;
  return from.role === "agent" ? `${from.name ?? words.someone}:` : words.saidSystem;
}

function message(chat: OffsiteChat, event: ChatEvent, index: number, open: boolean, answered: boolean): Part {
  if (event.type === "owner") return owner(chat, event);
  const { role } = event.from;
  const language = languageOf(event.text ?? "", chat.talk.language);
  const body = event.type === "card" ? card(chat, event) : event.type === "file" ? file(chat, event)
    : html`<div class="bubble">${prose(event.text ?? "", chat.privacyPage)}</div>`;
  const name = role === "agent" ? html`<p class="who" aria-hidden="true">${event.from.name}</p>` : nothing;
  return html`<div class="message ${role}" data-seq=${event.seq}>
    ${name}<span class="hide">${speaker(chat, event)} </span>
    <div lang=${language}>${body}${drawing(chat, event.expects)}${open ? answers(chat, event, answered) : past(chat, event, index)}</div>
  </div>`;
}

/** A line where somebody comes, goes, or a queue moves: in the server's words, with the name of who is here now. */
function owner({ words }: OffsiteChat, event: ChatEvent): TemplateResult {
  const name = event.name ?? words.someone;
  const own = { agent: fill(words.agent, { name }), queue: words.queue, closed: words.closed, bot: words.bot };
  const place = event.place ? fill(words.place, { n: event.place }) : "";
  const line = event.owner === "agent" ? own.agent : event.text || place || own[event.owner ?? "bot"];
  return html`<p class="line" data-seq=${event.seq}>${line}</p>`;
}

function own(chat: OffsiteChat, mine: Outgoing): TemplateResult {
  const { words, talk } = chat;
  const failed = mine.state === "failed";
  return html`<div class="message customer ${mine.state}">
    <span class="hide">${words.saidYou} </span>
    <div class="bubble" lang=${languageOf(mine.text, talk.language)}>${prose(mine.text, chat.privacyPage)}</div>
    <p class="state">${failed
      ? html`${words.failed} ${mine.why?.[talk.language] ?? words.down} ${phone(chat)}`
      : mine.state === "sent" ? words.sent : words.waiting}</p>
    ${failed && !mine.final
      ? html`<button class="small" @click=${() => talk.retry(mine)}>${words.again}</button>`
      : nothing}
  </div>`;
}

function typing(chat: OffsiteChat): Part {
  const { talk, words } = chat;
  const agent = talk.owner === "agent";
  if (agent ? talk.typing === undefined : !talk.busy && talk.phase !== "starting") return nothing;
  const text = agent
    ? fill(words.typingOther, { name: talk.typing || words.someone })
    : talk.phase === "starting" ? words.starting : words.typing;
  return html`<p class="typing" aria-hidden="true"><i></i><i></i><i></i><span>${text}</span></p>`;
}

/** What is wrong, and the way out of it. */
function trouble(chat: OffsiteChat): Part {
  const { talk, words, offline, problem } = chat;
  if (talk.phase === "down") {
    return html`<div class="trouble" role="alert"><p>${prose(talk.trouble?.[talk.language] ?? words.down, chat.privacyPage)} ${phone(chat)}</p>
      <button class="small" @click=${() => talk.begin()}>${words.again}</button></div>`;
  }
  if (talk.phase === "over") {
    return html`<div class="trouble" role="alert"><p>${words.over}</p>
      <button class="small" @click=${() => chat.startAgain()}>${words.fresh}</button></div>`;
  }
  if (problem) return html`<div class="trouble" role="alert">${prose(problem, chat.privacyPage)}</div>`;
  return offline ? html`<div class="trouble"><p>${words.offline}</p></div>` : nothing;
}

function phone(chat: OffsiteChat): Part {
  const number = chat.getAttribute("phone");
  return number ? html`${chat.words.phone} <a href="tel:${number.replace(/[^+\d]/g, "")}">${number}</a>` : nothing;
}
