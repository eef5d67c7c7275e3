// What the chat API says (contract section 3), and what a customer's message is before the server has it.
export type Language = "da" | "en";
export type Owner = "bot" | "queue" | "agent" | "closed";
export type Kind = "text" | "choice" | "date" | "email" | "phone" | "postcode" | "file";

export interface Choice {
  id: string;
  title: string;
}

export interface Expects {
  slot?: string;
  kind?: Kind;
  script?: string;
  step?: string;
}

/** An event of the log. A `type` we don't know is kept out by the store. */
export interface ChatEvent {
  seq: number;
  at: string;
  from: { role: "customer" | "bot" | "agent" | "system"; name: string | null };
  type: string;
  text?: string;
  id?: string;
  choice?: string;
  expects?: Expects;
  choices?: Choice[];
  card?: string;
  data?: Record<string, unknown>;
  name?: string;
  media_type?: string;
  size?: number;
  url?: string;
  owner?: Owner;
  place?: number;
}

export interface State {
  busy: boolean;
  owner: Owner;
}

export interface Session {
  token: string;
  language: Language;
  events: ChatEvent[];
}

/** A customer's message on its way: `id` makes sending it twice harmless. */
export interface Outgoing {
  id: string;
  text: string;
  choice?: string;
  state: "waiting" | "sent" | "failed";
  /** When its sending began, in milliseconds. */
  at: number;
  /** Why it failed, where the server said. */
  why?: Record<Language, string>;
  /** Trying again would change nothing. */
  final?: boolean;
}
