// Our own small drawings where a picture helps; each says the same in words.
import { type TemplateResult, html, nothing, svg } from "lit/html.js";
import type { OffsiteChat } from "../chat";
import type { Words } from "../strings";
import type { Expects } from "../types";

const notebook = svg`<path d="M40 84V16a6 6 0 0 1 6-6h108a6 6 0 0 1 6 6v68M24 84h152l8 18H16z" />`;

const drawings: Record<string, [words: keyof Words, lines: TemplateResult]> = {
  serial_number: ["drawSerial", svg`<rect x="22" y="10" width="156" height="94" rx="8" /><path d="M36 24h36M36 32h36M36 40h36M128 24h36M128 32h36M128 40h36" class="pale" /><rect x="58" y="56" width="84" height="34" rx="3" class="hot" /><text x="66" y="71">S/N 5CG…</text><path d="M66 79h3m3 0h5m3 0h2m4 0h6m3 0h2m3 0h5m3 0h2m4 0h6" class="hot" />`],
  power_reset: ["drawPower", svg`${notebook}<circle cx="148" cy="93" r="4" class="hot" /><path d="M148 88V54m-6 26l6 8 6-8" class="hot" /><circle cx="90" cy="47" r="24" /><path d="M90 31v16l11 8" class="hot" /><text x="120" y="46">15 s</text>`],
  blink_code: ["drawBlink", svg`${notebook}<circle cx="34" cy="93" r="4" class="hot" /><g class="hot"><circle cx="62" cy="48" r="8" class="full" /><circle cx="84" cy="48" r="8" class="full" /><circle cx="106" cy="48" r="8" class="full" /><circle cx="130" cy="48" r="5" /><circle cx="146" cy="48" r="5" /></g><text x="80" y="74">3</text><text x="134" y="74">2</text>`],
};

/** The drawing that belongs to a question, if any. */
export function drawing(chat: OffsiteChat, expects?: Expects): TemplateResult | typeof nothing {
  const found = drawings[expects?.step ?? expects?.slot ?? ""];
  if (!found) return nothing;
  return html`<svg class="drawing" viewBox="0 0 200 112" role="img" aria-label=${chat.words[found[0]]}>${found[1]}</svg>`;
}
