// A case as the agent sees it: how it stands, what travels, what happened, and what can be done.
import { html } from "lit";
import { dayTime, longDay, say } from "./words.js";

/** `ask(what, subject)` opens the window for something that can be done. */
export function caseCard(each, ask) {
  const { can, contact } = each;
  const doing = [
    can.book && "book",
    can.move && "move",
    can.cancel_booking && "cancel_booking",
    can.reopen && "reopen",
    "note_case",
    "contact",
    each.next.length && "status",
    can.cancel && "cancel_case",
  ].filter(Boolean);
  return html`<article class="case" aria-label=${each.case_id}>
    <header>
      <h3>${each.case_id}</h3>
      <span class="status ${each.status}">${say(`status_${each.status}`)}</span>
    </header>
    <dl class="facts">
      ${fact("case_device", [each.device?.product_name, each.serial_number])} ${fact("case_verdict", [verdict(each)])}
      ${fact("case_contact", [contact.name, contact.company, contact.email, contact.phone])}
      ${fact("case_callback", [each.callback_due && dayTime(each.callback_due)])}
    </dl>
    ${each.bookings.map((booking) => bookingLine(booking))}
    <div class="doing">${doing.map((what) => html`<button @click=${() => ask(what, each)}>${say(`do_${what}`)}</button>`)}</div>
    <details>
      <summary>${say("history", { count: each.events.length })}</summary>
      <ol class="history">
        ${each.events.map((event) => html`<li><time>${dayTime(event.at)}</time> ${happened(event)}</li>`)}
      </ol>
    </details>
  </article>`;
}

function fact(label, values) {
  const told = values.filter(Boolean).join(", ");
  return told ? html`<div><dt>${say(label)}</dt><dd>${told}</dd></div>` : "";
}

function verdict(each) {
  const word = each.decision?.verdict;
  if (!word) return "";
  return say(`verdict_${word}`) + (each.decision.clauses?.length ? ` (${each.decision.clauses.join(", ")})` : "");
}

function bookingLine(booking) {
  const when = booking.pickup_date ? `${longDay(booking.pickup_date)}, ${booking.pickup_window}` : "";
  return html`<p class="booking ${booking.status}">
    <b>${say(`kind_${booking.kind}`)}</b> ${booking.booking_id} · ${say(`booking_${booking.status}`)}<br />
    ${when ? html`${when}<br />` : ""}<span class="fine">${say("tracking")} ${booking.tracking_number}</span>
  </p>`;
}

/** One event of the history: its word, what matters of its data, and which agent did it. */
function happened(event) {
  const { data } = event;
  const told = [
    data.text,
    data.status && say(`status_${data.status}`, {}, data.status),
    data.pickup_date && longDay(data.pickup_date),
    data.pickup_window,
    data.outcome,
    data.booking_id,
  ].filter(Boolean);
  return html`${say(`event_${event.what}`, {}, event.what.replaceAll("_", " "))}${told.length ? `: ${told.join(", ")}` : ""}
  ${data.agent ? html`<b class="signed">${data.agent}</b>` : ""}`;
}
