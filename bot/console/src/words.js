// Every word of the page, in Danish and English (words/*.json); both files hold the same keys.
import da from "../words/da.json";
import en from "../words/en.json";

const TABLES = { da, en };
let language = "da";

/** The page's language: "da" or "en". */
export const spoken = () => language;

/** Speak that language from now on; remembered in this browser. */
export function speak(wanted) {
  language = TABLES[wanted] ? wanted : "da";
  document.documentElement.lang = language;
  remember("desk.language", language);
}

/** The words of `key` with its {placeholders} filled; an unknown word of a table falls back to `otherwise`. */
export function say(key, values = {}, otherwise = key) {
  const text = TABLES[language][key] ?? otherwise;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** What this browser remembers; storage may be forbidden. */
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // private windows: then it is forgotten
  }
}

const places = () => (language === "da" ? "da-DK" : "en-GB");
const zone = { timeZone: "Europe/Copenhagen" };

/** A time of day, "13:05". */
export const clockTime = (iso) =>
  new Intl.DateTimeFormat(places(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone }).format(new Date(iso));

/** Day and time, "26. nov. 13.05". */
export const dayTime = (iso) =>
  new Intl.DateTimeFormat(places(), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone }).format(
    new Date(iso),
  );

/** A date alone, "torsdag 26. november". */
export const longDay = (iso) =>
  new Intl.DateTimeFormat(places(), { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));

/** Seconds as "4:07" or "1:02:09". */
export function lasting(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}` : `${Math.floor(whole / 60)}:${two(whole % 60)}`;
}
