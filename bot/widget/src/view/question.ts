// How a question is answered with a press: buttons, the days on offer, a day picked. Once answered it is plain text.
import { type TemplateResult, html, nothing } from "lit/html.js";
import type { OffsiteChat } from "../chat";
import type { ChatEvent, Choice } from "../types";
import { calendar, isDay } from "./calendar";
import { chooser } from "./files";

type Part = TemplateResult | typeof nothing;

/** The answers on offer to the open question. `answered`: one of them is on its way. */
export function answers(chat: OffsiteChat, event: ChatEvent, answered: boolean): Part {
  const choices = event.choices ?? [];
  const date = event.expects?.kind === "date";
  const days = date ? choices.filter(({ id }) => isDay(id)) : [];
  const others = choices.filter((choice) => !days.includes(choice));
  return html`${days.length ? calendar(chat, days, answered) : nothing}
    ${others.length
      ? html`<div class="choices" role="group" aria-label=${chat.words.options}>${others.map((choice) =>
          html`<button ?disabled=${answered} @click=${() => chat.send(choice.title, choice.id)}>${choice.title}</button>`)}</div>`
      : nothing}
    ${event.expects?.kind === "file" ? chooser(chat, true) : nothing}
    ${date && !days.length ? anyDay(chat) : nothing}`;
}

/** A day that nobody offered: when something happened. */
function anyDay(chat: OffsiteChat): TemplateResult {
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    chat.send(new FormData(event.target as HTMLFormElement).get("day") as string);
  };
  return html`<form class="day" @submit=${send}><label>${chat.words.day}
    <input type="date" name="day" required max=${new Date().toISOString().slice(0, 10)} /></label>
    <button>${chat.words.sendDay}</button></form>`;
}

/** An answered question's choices: what could have been said, and what was. */
export function past(chat: OffsiteChat, event: ChatEvent, index: number): Part {
  if (!event.choices?.length || event.expects?.kind === "date") return nothing;
  const chosen = chat.talk.events.slice(index + 1).find((later) => later.from.role === "customer")?.choice;
  const title = (choice: Choice) => (choice.id === chosen ? html`<b>${choice.title}</b>` : choice.title);
  return html`<p class="past"><span class="hide">${chat.words.options}: </span>${event.choices.map(
    (choice, at) => html`${at ? "\u00a0· " : ""}${title(choice)}`)}</p>`;
}
