// The days on offer as a small calendar: weeks from the first of them to the last, and only they can be pressed.
import { type TemplateResult, html } from "lit/html.js";
import type { OffsiteChat } from "../chat";
import type { Choice, Language } from "../types";

const DAY = 86_400_000;
const locales: Record<Language, string> = { da: "da-DK", en: "en-GB" };

export function isDay(day: unknown): day is string {
  return typeof day === "string" && /^\d{4}-\d\d-\d\d$/.test(day) && !isNaN(Date.parse(day));
}

/** A date in words, from an ISO day; anything else as it is. */
export function longDay(day: unknown, language: Language): string {
  return !isDay(day) ? `${day ?? ""}` : inWords(Date.parse(day), language, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

function inWords(time: number, language: Language, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locales[language], { timeZone: "UTC", ...how }).format(time);
}

export function calendar(chat: OffsiteChat, choices: Choice[], answered: boolean): TemplateResult {
  const { language } = chat.talk;
  const offered = new Map(choices.map((choice) => [Date.parse(choice.id), choice]));
  const times = [...offered.keys()].sort((a, b) => a - b);
  const weekday = (time: number) => (new Date(time).getUTCDay() + 6) % 7;
  const last = times[times.length - 1];
  const columns = times.some((time) => weekday(time) > 4) ? 7 : 5;
  const monday = times[0] - weekday(times[0]) * DAY;
  const weeks: number[] = [];
  for (let week = monday; week <= last; week += 7 * DAY) weeks.push(week);
  const days = (week: number) => Array.from({ length: columns }, (_, day) => week + day * DAY);
  const month = (time: number, length: "long" | "short") => inWords(time, language, { month: length });
  const cell = (time: number) => {
    const choice = offered.get(time);
    const number = new Date(time).getUTCDate();
    return choice
      ? html`<td><button ?disabled=${answered} aria-label=${longDay(choice.id, language)}
          @click=${() => chat.send(choice.title, choice.id)}>${number}</button></td>`
      : html`<td><span aria-hidden="true">${number}</span></td>`;
  };
  const one = month(times[0], "long") === month(last, "long");
  const months = one ? month(last, "long") : `${month(times[0], "short")} – ${month(last, "short")}`;
  return html`<div class="calendar"><table>
    <caption>${months} ${new Date(last).getUTCFullYear()}</caption>
    <thead><tr>${days(monday).map((time) => html`<th scope="col"
      abbr=${inWords(time, language, { weekday: "long" })}>${inWords(time, language, { weekday: "short" })}</th>`)}</tr></thead>
    <tbody>${weeks.map((week) => html`<tr>${days(week).map(cell)}</tr>`)}</tbody>
  </table></div>`;
}
