// Cards: the verdict, the case, the booking, the summary before it, and how a case stands.
import { type TemplateResult, html, nothing } from "lit/html.js";
import type { OffsiteChat } from "../chat";
import type { ChatEvent } from "../types";
import { longDay } from "./calendar";
import { icon } from "./icons";
import { prose } from "./prose";

type Part = TemplateResult | typeof nothing;
type Facts = Record<string, unknown>;
type Face = [title: string, picture: Parameters<typeof icon>[0], tone: string];

export function card(chat: OffsiteChat, event: ChatEvent): TemplateResult {
  const data = event.data ?? {};
  const [title, picture, tone] = face(chat, event.card ?? "", data);
  const rows = facts(chat, event.card ?? "", data);
  const told = event.card === "summary" && rows.length > 2;
  return html`<section class="card ${tone}" aria-label=${title}>
    <h3>${icon(picture)}${title}</h3>
    ${told ? nothing : prose(event.text ?? "", chat.privacyPage)}
    ${rows.length ? html`<dl>${rows}</dl>` : nothing}
    ${links(chat, data)}
  </section>`;
}

function face({ words }: OffsiteChat, kind: string, data: Facts): Face {
  if (kind === "verdict") {
    const faces: Record<string, Face> = {
      COVERED: [words.covered, "ok", "good"],
      COVERED_BY_ADDON: [words.coveredAddon, "ok", "good"],
      NOT_COVERED: [words.notCovered, "no", "bad"],
      SAFETY_STOP: [words.stop, "stop", "danger"],
    };
    return faces[`${data.verdict}`] ?? [words.person, "person", "wait"];
  }
  if (kind === "booking") {
    const titles: Record<string, string> = { pickup: words.pickupCard, label: words.labelCard, csr_part: words.partCard };
    return [titles[`${data.kind}`] ?? words.bookingCard, "booking", "good"];
  }
  if (kind === "case") return [words.caseCard, "case", ""];
  return kind === "summary" ? [words.summaryCard, "summary", ""] : [words.statusCard, "status", ""];
}

/** The plain facts that are worth a row of their own. */
function facts(chat: OffsiteChat, kind: string, data: Facts): TemplateResult[] {
  const { words, talk } = chat;
  const row = (name: string, value: unknown, copy = false) =>
    value ? html`<div><dt>${name}</dt><dd>${value}${copy ? copier(chat, name, `${value}`) : nothing}</dd></div>` : undefined;
  const rows: (TemplateResult | undefined)[] = [];
  if (kind === "verdict") return [];
  if (kind === "summary") {
    rows.push(row(words.device, data.product_name), row(words.serial, data.serial_number));
  }
  const day = longDay(data.pickup_date, talk.language);
  const hours = `${data.pickup_window ?? ""}`.replace("-", "–");
  rows.push(row(words.when, day && html`${day}${hours ? html`<br />${talk.language === "da" ? "kl. " : ""}${hours}` : nothing}`));
  if (kind === "summary") {
    const lines = [data.name, data.street, [data.postcode, data.city].filter(Boolean).join(" ")].filter(Boolean);
    rows.push(row(words.where, lines.map((line, at) => html`${at ? html`<br />` : nothing}${line}`)));
    rows.push(row(words.contact, [data.phone, data.email].filter(Boolean).join(", ")));
  } else {
    rows.push(row(words.caseId, data.case_id, true), row(words.tracking, data.tracking_number, true));
  }
  return rows.filter((each) => each !== undefined);
}

function copier(chat: OffsiteChat, name: string, value: string): TemplateResult {
  const { words, copied } = chat;
  return html`<button class="small" @click=${() => chat.copy(value)}>${copied === value ? words.copied : words.copy}<span
    class="hide"> ${name} ${value}</span></button>`;
}

/** What can be fetched: a label to print, an appointment to keep. The links are real; the token goes in a header only. */
function links(chat: OffsiteChat, data: Facts): Part {
  const link = (address: unknown, name: string, file: string) =>
    typeof address === "string" && address.startsWith("/api/chat/")
      ? html`<a class="button" href=${chat.server.address(address)} download=${file} @click=${(event: Event) => {
          event.preventDefault();
          void chat.save(address, file);
        }}>${name}</a>`
      : nothing;
  const name = `${data.case_id ?? "hp-offsite"}`;
  return html`${link(data.label_url, chat.words.label, `${name}.pdf`)}${link(data.calendar_url, chat.words.calendar, `${name}.ics`)}`;
}
