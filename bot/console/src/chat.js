// One chat as this page has it: what was said, what is under way, the draft.

export class Chat {
  constructor(id) {
    this.id = id;
    this.events = []; // by number, without gaps
    this.last = 0; // number of the last one
    this.pending = []; // {id, text, state: "sending" | "failed", error}
    this.story = null; // {package, lines, …}: what GET /chats/{id} tells beside the events
    this.notes = [];
    this.seen = 0; // last number that the agent has had before their eyes
    this.typingUntil = 0;
    this.draft = "";
    this.noting = false; // the draft is a private note
  }

  /** Take events that are new; true where there were any. What comes a second time changes nothing. */
  add(events) {
    const fresh = events.filter((event) => event.seq > this.last);
    if (fresh.length === 0) return [];
    this.events = [...this.events, ...fresh];
    this.last = fresh.at(-1).seq;
    const mine = new Set(fresh.filter((event) => event.from.role === "agent").map((event) => event.id));
    this.pending = this.pending.filter((message) => !mine.has(message.id));
    if (fresh.some((event) => event.from.role === "customer")) this.typingUntil = 0;
    return fresh;
  }

  /** How many of the customer's messages the agent has not looked at. */
  get unread() {
    let count = 0;
    for (let n = this.events.length - 1; n >= 0 && this.events[n].seq > this.seen; n--)
      if (this.events[n].from.role === "customer") count++;
    return count;
  }
}

/** Seconds the customer has waited for an answer; 0 where the last word was ours. */
export function owed(line, now) {
  const since = line.agent_at && line.agent_at > line.claimed_at ? line.agent_at : line.claimed_at;
  if (!line.answered_at) return (now - Date.parse(line.claimed_at)) / 1000;
  return line.customer_at > since ? (now - Date.parse(line.customer_at)) / 1000 : 0;
}

/** What became of an agent's message on its way to Teams: pending, failed, refused, or "" where nothing is known to be wrong. */
export function undelivered(line, event) {
  const way = line.delivery;
  if (!way || event.from.role !== "agent") return "";
  if (way.refused.includes(event.seq)) return "refused";
  return way.state && event.seq > way.upto ? way.state : "";
}
