// The windows for what an agent does with a case. Each sends one request and shows the case as it then stands.
import { html } from "lit";
import { until } from "lit/directives/until.js";
import * as api from "./api.js";
import { errorWords } from "./signin.js";
import { longDay, say } from "./words.js";

const SYMPTOMS = [
  "no_power", "no_boot", "blink_code", "battery", "charging", "storage", "memory", "overheating", "fan", "display", "external_monitor",
  "keyboard", "touchpad", "mouse", "dock", "usb", "sound", "camera", "wifi", "firmware", "crash", "slow", "noise", "spill", "drop",
  "safety", "software", "printer_or_other",
];
const COVERED = ["COVERED", "COVERED_BY_ADDON"];
const ACKS = ["backup_ack", "data_ack", "packed_ready"];

/** The forms by name: `form(dialog)` gives the window's content. */
export const caseForms = { open_case, contact, status, note_case, reopen, book, move, cancel_booking, cancel_case };

/** Send, and put the case that comes back in the place of the one on the screen. */
async function send(dialog, path, body) {
  const { case: changed } = await api.post(path, body);
  dialog.store.replaceCase(changed);
}

const field = (name, value = "", more = {}) => html`<label
  >${say(`field_${name}`)}<input name=${name} .value=${value ?? ""} maxlength="200" type=${more.type ?? "text"} inputmode=${more.mode ?? "text"} ?required=${more.required} ?autofocus=${more.first}
/></label>`;

const contactFields = (known) =>
  html`${field("name", known.name, { first: true })} ${field("company", known.company)} ${field("email", known.email, { type: "email" })}
  ${field("phone", known.phone, { type: "tel" })}`;

function open_case(dialog) {
  const chat = dialog.subject;
  const known = chat.story?.package ?? {};
  return dialog._form(
    html`<label
        >${say("field_symptom")}<select name="symptom" required autofocus>
          <option value="">${say("choose")}</option>
          ${SYMPTOMS.map((symptom) => html`<option value=${symptom} ?selected=${symptom === known.symptom}>${say(`symptom_${symptom}`)}</option>`)}
        </select></label
      >
      ${field("serial_number", known.device?.serial_number)} ${contactFields(known.identity ?? {})}`,
    (given) => send(dialog, `/chats/${chat.id}/cases`, given),
    say("open_case"),
  );
}

function contact(dialog) {
  const { case_id, contact: known } = dialog.subject;
  return dialog._form(contactFields(known), (given) => send(dialog, `/cases/${case_id}/contact`, given), say("save"));
}

function status(dialog) {
  const { case_id, next } = dialog.subject;
  return dialog._form(
    html`<fieldset>
      <legend>${say("new_status")}</legend>
      ${next.map((each, n) => html`<label class="option"><input type="radio" name="status" value=${each} required ?autofocus=${n === 0} /> ${say(`status_${each}`)}</label>`)}
    </fieldset>`,
    (given) => send(dialog, `/cases/${case_id}/status`, given),
    say("save"),
  );
}

function note_case(dialog) {
  return dialog._form(
    html`<label>${say("note_on_case")}<textarea name="text" rows="4" maxlength="2000" required autofocus></textarea></label>`,
    (given) => send(dialog, `/cases/${dialog.subject.case_id}/note`, given),
    say("save"),
  );
}

function reopen(dialog) {
  return dialog._form(html`<p>${say("reopen_lead")}</p>`, () => send(dialog, `/cases/${dialog.subject.case_id}/reopen`, {}), say("do_reopen"));
}

function book(dialog) {
  const { case_id, decision } = dialog.subject;
  const kind = dialog.kind ?? "pickup";
  const covered = COVERED.includes(decision?.verdict);
  return dialog._form(
    html`<fieldset class="kinds">
        <legend>${say("what_to_book")}</legend>
        ${["pickup", "label"].map(
          (each) => html`<label class="option"><input type="radio" name="kind" value=${each} .checked=${each === kind} @change=${() => dialog.change("kind", each)} /> ${say(`kind_${each}`)}</label>`,
        )}
      </fieldset>
      ${field("street", "", { required: true, first: true })}
      <div class="pair">
        <label
          >${say("field_postcode")}<input name="postcode" required pattern="[0-9]{3,4}" inputmode="numeric" maxlength="4" @input=${(event) => dialog.change("postcode", event.target.value)}
        /></label>
        ${field("city", "", { required: true })}
      </div>
      ${kind === "pickup" ? slotChoice(dialog, dialog.postcode ?? "") : ""}
      <fieldset>
        <legend>${say("customer_said_yes")}</legend>
        ${ACKS.map((ack) => html`<label class="option"><input type="checkbox" name=${ack} required /> ${say(`ack_${ack}`)}</label>`)}
      </fieldset>
      ${covered ? "" : html`<label class="option"><input type="checkbox" name="approved" required /> ${say("ack_approved")}</label>`}`,
    async (given) => {
      const [date, window] = (given.slot ?? "").split(" ");
      const said = Object.fromEntries([...ACKS, "approved"].map((name) => [name, given[name] === "on"]));
      const place = { street: given.street, postcode: given.postcode, city: given.city };
      await send(dialog, `/cases/${case_id}/bookings`, { kind: given.kind, ...place, date: date ?? "", window: window ?? "", ...said });
    },
    say("do_book"),
  );
}

function move(dialog) {
  const { case_id } = dialog.subject;
  return dialog._form(
    html`<label
        >${say("field_postcode")}<input autofocus required pattern="[0-9]{3,4}" inputmode="numeric" maxlength="4" @input=${(event) => dialog.change("postcode", event.target.value)}
        /><span class="hint">${say("postcode_of_pickup")}</span></label
      >
      ${slotChoice(dialog, dialog.postcode ?? "")}`,
    async (given) => {
      const [date, window] = given.slot.split(" ");
      await send(dialog, `/cases/${case_id}/move`, { date, window });
    },
    say("do_move"),
  );
}

function cancel_booking(dialog) {
  return dialog._form(html`<p>${say("cancel_booking_lead")}</p>`, () => cancel(dialog, false), say("do_cancel_booking"));
}

function cancel_case(dialog) {
  return dialog._form(html`<p>${say("cancel_case_lead")}</p>`, () => cancel(dialog, true), say("do_cancel_case"));
}

const cancel = (dialog, whole) => send(dialog, `/cases/${dialog.subject.case_id}/cancel`, { whole_case: whole });

/** The courier's free times in a postcode; asked for once it is whole. */
function slotChoice(dialog, postcode) {
  if (!/^[0-9]{3,4}$/.test(postcode)) return html`<p class="fine">${say("slots_after_postcode")}</p>`;
  if (dialog.asked !== postcode) {
    dialog.asked = postcode;
    dialog.slots = api.get(`/slots?postcode=${postcode}`).then(
      ({ slots }) => html`<label
        >${say("field_slot")}<select name="slot" required>
          <option value="">${say("choose")}</option>
          ${slots.map((slot) => html`<option value="${slot.date} ${slot.window}">${longDay(slot.date)}, ${slot.window}</option>`)}
        </select></label
      >`,
      (error) => html`<p class="problem" role="alert">${errorWords(error)}</p>`,
    );
  }
  return until(dialog.slots, html`<p class="fine" role="status">${say("loading")}</p>`);
}
