// The top: who is on the other side, how far we are, the menu, and the question before a chat is ended.
import { type TemplateResult, html, nothing } from "lit/html.js";
import type { OffsiteChat } from "../chat";
import { fill } from "../strings";
import { stageOf } from "../stages";
import { icon } from "./icons";

export function head(chat: OffsiteChat): TemplateResult {
  const { talk, words, menu } = chat;
  const other = talk.language === "da" ? "en" : "da";
  const toggle = () => {
    chat.menu = !chat.menu;
    chat.refresh();
  };
  return html`<div class="head">
    <div class="name"><h2 id="title">${words.title}</h2><p>${who(chat)}</p></div>
    <button class="bar" lang=${other} @click=${() => chat.switchLanguage()}>${words.other}</button>
    <button id="menu" class="bar" aria-label=${words.menu} aria-expanded=${menu} aria-controls="more" @click=${toggle}>
      ${icon("more")}</button>
    <button class="bar" aria-label=${words.close} @click=${() => chat.hide()}>${icon("close")}</button>
  </div>
  <div id="more" class="more" ?hidden=${!menu}>${menu ? items(chat) : nothing}</div>
  ${progress(chat)}`;
}

function who({ talk, words }: OffsiteChat): string {
  if (talk.owner === "agent") return fill(words.agent, { name: talk.agent ?? words.someone });
  if (talk.owner === "queue") return talk.place ? fill(words.place, { n: talk.place }) : words.queue;
  return talk.owner === "closed" ? words.closed : words.bot;
}

function items(chat: OffsiteChat): TemplateResult {
  const { words, talk } = chat;
  const has = talk.phase === "live";
  const act = (what: () => void) => () => {
    chat.menu = false;
    what();
    chat.refresh();
  };
  const save = (form: string) => act(() => void chat.save(`transcript?format=${form}`, `hp-offsite-chat.${form}`));
  return html`<p>${words.hours}</p>
    ${has
      ? html`<button @click=${save("txt")}>${words.transcriptText}</button>
        <button @click=${save("html")}>${words.transcriptPage}</button>
        <button @click=${act(() => void chat.ask("erase"))}>${words.erase}</button>
        <button @click=${act(() => void chat.ask("end"))}>${words.end}</button>`
      : nothing}`;
}

function progress({ talk, words }: OffsiteChat): TemplateResult | typeof nothing {
  const stage = stageOf(talk.events);
  if (!stage || talk.owner !== "bot") return nothing;
  const name = [words.stage1, words.stage2, words.stage3, words.stage4][stage - 1];
  return html`<div class="progress"><p>${fill(words.progress, { n: stage, name })}</p>
    <div aria-hidden="true">${[1, 2, 3, 4].map((each) => html`<i class=${each <= stage ? "done" : ""}></i>`)}</div></div>`;
}

/** The question before the chat is ended or erased, in the composer's place. */
export function ending(chat: OffsiteChat): TemplateResult {
  const { words, sure } = chat;
  return html`<div class="ending" role="group" aria-labelledby="sure">
    <p id="sure">${sure === "erase" ? words.eraseSure : words.endSure}</p>
    <button id="end" @click=${() => chat.end()}>${sure === "erase" ? words.erase : words.end}</button>
    <button @click=${() => chat.ask("")}>${words.keep}</button></div>`;
}
