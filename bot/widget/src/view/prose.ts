// Text as text: paragraphs, line breaks and links to web pages. Nothing of it is ever read as markup.
import { type TemplateResult, html } from "lit/html.js";

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]']|\b(?:support\.)?hp\.com\/[\w\-/]*\w|\/privacy\b)/;

/** `privacy` is where the bot's word "/privacy" leads. */
export function prose(text: string, privacy: string): TemplateResult[] {
  return text.split(/\n{2,}/).map((paragraph) => html`<p dir="auto">${linked(paragraph, privacy)}</p>`);
}

function linked(text: string, privacy: string): (string | TemplateResult)[] {
  return text.split(LINK).map((part, index) => {
    if (index % 2 === 0) return part;
    const address = part.startsWith("/") ? privacy : part.startsWith("http") ? part : `https://${part}`;
    return html`<a href=${address} target="_blank" rel="noopener noreferrer">${part}</a>`;
  });
}
