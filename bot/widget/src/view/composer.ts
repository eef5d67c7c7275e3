// Where the customer writes: the right keyboard for what is asked, the count, the draft that is never lost.
import { type TemplateResult, html, nothing } from "lit/html.js";
import type { OffsiteChat } from "../chat";
import { LONGEST } from "../store";
import { fill } from "../strings";
import { chooser, sendings } from "./files";
import { icon } from "./icons";

const COUNT_FROM = 1800;

/** inputmode and autocomplete, by what is expected. */
const keyboards: Record<string, [mode: string, fill: string]> = {
  email: ["email", "email"],
  phone: ["tel", "tel"],
  postcode: ["numeric", "postal-code"],
  contact_name: ["text", "name"],
  company: ["text", "organization"],
  pickup_street: ["text", "street-address"],
  pickup_city: ["text", "address-level2"],
};

export function composer(chat: OffsiteChat): TemplateResult | typeof nothing {
  const { talk, words } = chat;
  if (talk.phase === "over") return nothing;
  const expects = talk.question?.expects;
  const [mode, complete] = keyboards[expects?.kind ?? ""] ?? keyboards[expects?.slot ?? ""] ?? ["text", "off"];
  const length = talk.draft.length;
  const long = length > LONGEST;
  // Only where it is said: a browser's first number in a language costs it more than the whole drawing.
  const counted = (sentence: string) => fill(sentence, { n: length.toLocaleString(talk.language === "da" ? "da-DK" : "en-GB") });
  const send = () => {
    if (long) chat.announce(counted(words.tooLong));
    else chat.send(talk.draft);
    chat.find("write")?.focus();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const write = (event: Event) => {
    talk.draft = (event.target as HTMLTextAreaElement).value;
    talk.save();
    chat.refresh();
  };
  return html`<form class="composer" @submit=${(event: Event) => {
    event.preventDefault();
    send();
  }}>
    ${length > COUNT_FROM
      ? html`<p id="count" class="count ${long ? "bad" : ""}">${counted(long ? words.tooLong : words.count)}</p>`
      : nothing}
    ${sendings(chat)}
    <div class="row">
      ${chooser(chat)}
      <textarea id="write" rows="1" placeholder=${words.message} aria-label=${words.message} inputmode=${mode}
        autocomplete=${complete} name=${complete === "off" ? "message" : complete} enterkeyhint="send"
        aria-invalid=${long} aria-describedby=${length > COUNT_FROM ? "count" : nothing}
        .value=${talk.draft} @input=${write} @keydown=${key}
        @paste=${(event: ClipboardEvent) => chat.takeFiles(event, event.clipboardData)}></textarea>
      <button class="send" aria-label=${words.send} ?disabled=${!talk.listening}>${icon("send")}</button>
    </div>
  </form>`;
}
