// How far a conversation is on its way from a broken PC to a courier, by what was asked last.
import type { ChatEvent } from "./types";

const stages: Record<string, number> = {
  symptom: 0, safety_flags: 1, serial_number: 1, serial_confirmed: 1, product_number: 1, customer_type: 1, company: 1,
  contact_name: 1, email: 1, phone: 1, cause: 2, incident_date: 2, opened_by_others: 2, ts_answer: 2, failure_id: 2,
  purchase_country: 3, current_country: 3, component: 3, hp_part: 3, battery_fault: 3, battery_capacity_pct: 3,
  bought_with_base: 3, csr_consent: 3, delivery: 4, backup_ack: 4, data_ack: 4, packed_ready: 4, pickup_street: 4,
  pickup_postcode: 4, pickup_city: 4, pickup_date: 4, pickup_window: 4, confirm_summary: 4,
};

/** 1 to 4; 0 where the conversation is somewhere else: before the beginning, after the end, or about a case. */
export function stageOf(events: ChatEvent[]): number {
  const asked = events.findLast((event) => event.expects?.slot);
  return stages[asked?.expects?.slot ?? ""] ?? 0;
}
