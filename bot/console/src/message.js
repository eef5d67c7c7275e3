// One line of a conversation. What people wrote is put in as text, never as markup.
import { html } from "lit";
import { clockTime, say } from "./words.js";
import { errorWords } from "./signin.js";

const name = (from) => from.name || say(`role_${from.role}`);

export function line(event, chat, trouble = "") {
  const { role } = event.from;
  if (event.type === "owner") return html`<li class="owner"><span>${event.text}</span> <time>${clockTime(event.at)}</time></li>`;
  return html`<li class="said ${role}">
    <p class="by"><b>${name(event.from)}</b> <time datetime=${event.at}>${clockTime(event.at)}</time></p>
    <div class="bubble">${body(event, chat)}</div>
    ${trouble ? html`<p class="by"><span class=${trouble === "pending" ? "" : "problem"}>${say(`teams_${trouble}`)}</span></p>` : ""}
  </li>`;
}

function body(event, chat) {
  if (event.type === "file")
    return html`<a href="/desk/api/chats/${chat}/files/${encodeURIComponent(event.url?.split("/").at(-1) ?? "")}" download>${event.name}</a>
      <span class="fine">${Math.ceil((event.size ?? 0) / 1024)} kB</span>`;
  return html`${event.card ? html`<span class="card">${say(`card_${event.card}`)}</span>` : ""}<span class="text">${event.text ?? ""}</span>
    ${event.choices ? html`<span class="choices">${event.choices.map((choice) => html`<span>${choice.title}</span>`)}</span>` : ""}`;
}

export function note(each) {
  return html`<li class="said note">
    <p class="by"><b>${each.name}</b> ${say("private_note")} <time datetime=${each.at}>${clockTime(each.at)}</time></p>
    <div class="bubble"><span class="text">${each.text}</span></div>
  </li>`;
}

export function pending(each, again) {
  const failed = each.state === "failed";
  return html`<li class="said agent ${each.state}">
    <div class="bubble"><span class="text">${each.text}</span></div>
    <p class="by">
      ${failed ? html`<span class="problem">${say("not_delivered")} ${errorWords(each.error)}</span> <button class="link" @click=${again}>${say("send_again")}</button>` : say("sending")}
    </p>
  </li>`;
}
