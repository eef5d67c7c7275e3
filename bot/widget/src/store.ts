// The conversation as this page knows it: the log, what is on its way, who is on the other side. Tells `changed` of any news.
import { type Api, Failure } from "./api";
import { newId } from "./id";
import { Line } from "./line";
import type { Keeper, Memory } from "./memory";
import type { ChatEvent, Language, Outgoing, Owner, State } from "./types";

export const LONGEST = 2000;
const SHOWN = ["text", "card", "file", "owner"];
const GIVE_UP_AFTER = 14_000;
const TYPING_LASTS = 6_000;
const BETWEEN_TRIES = 1_500;
const QUIET_AFTER_REPLAY = 400;

export type Phase = "new" | "starting" | "live" | "over" | "down";

export class Conversation {
  phase: Phase = "new";
  events: ChatEvent[] = [];
  outgoing: Outgoing[] = [];
  owner: Owner = "bot";
  busy = false;
  online = true;
  /** True until the log that a reload brings back has come: it is history, not news. */
  replaying = false;
  /** The agent who is writing now. */
  typing?: string;
  read = 0;
  draft = "";
  open = false;
  trouble?: Record<Language, string>;
  private last = 0;
  private typingTimer = 0;
  private sending = false;
  private line: Line;

  constructor(
    private api: Api,
    private keeper: Keeper,
    public language: Language,
    private changed: (news: ChatEvent[]) => void,
  ) {
    this.line = new Line(api, {
      last: () => this.last,
      heard: (events, state) => this.hear(events, state),
      typing: (event) => this.hearTyping(event),
      touch: (online) => {
        this.online = online;
        this.changed([]);
        if (online) void this.push();
      },
      over: () => this.close("over"),
    });
  }

  /** Takes up what this tab kept; false where there is nothing, or a conversation is here already. */
  resume(): boolean {
    const kept = this.phase === "new" ? this.keeper.load() : undefined;
    if (!kept) return false;
    Object.assign(this, { draft: kept.draft, read: kept.read, open: kept.open });
    this.outgoing = kept.outgoing ?? [];
    this.follow(kept.token, kept.language);
    return true;
  }

  /** Begins a conversation, or joins the one that another tab of this page has open. */
  async begin(): Promise<void> {
    if (this.listening || this.resume()) return;
    Object.assign(this, { phase: "starting", trouble: undefined });
    this.changed([]);
    this.share();
    const other = await this.keeper.ask();
    if (other) return this.follow(other.token, other.language);
    const until = Date.now() + GIVE_UP_AFTER;
    while ((this.phase as Phase) === "starting") {
      try {
        const session = await this.api.begin(this.language, (until - Date.now()) / 1000);
        this.api.token = session.token;
        this.phase = "live";
        this.hear(session.events);
        this.line.start();
        void this.push();
      } catch (error) {
        const failure = error as Failure;
        if (failure.passes && Date.now() + BETWEEN_TRIES < until) {
          await new Promise((done) => setTimeout(done, BETWEEN_TRIES));
          continue;
        }
        Object.assign(this, { phase: "down", trouble: failure.words });
        this.changed([]);
      }
    }
  }

  /** Whether what is said now will be sent: at once, or when the conversation has begun. */
  get listening(): boolean {
    return this.phase === "live" || this.phase === "starting";
  }

  /** Sends a text or a choice; false where there is nothing to send or no conversation. */
  say(text: string, choice?: string): boolean {
    if (!this.listening || !text.trim() || text.length > LONGEST) return false;
    if (choice && this.outgoing.some((each) => each.choice && each.state !== "failed")) return false;
    this.outgoing = this.outgoing.filter((each) => !each.final);
    this.outgoing.push({ id: newId(), text: text.trim(), choice, state: "waiting", at: Date.now() });
    this.save();
    this.changed([]);
    void this.push();
    return true;
  }

  retry(message: Outgoing): void {
    Object.assign(message, { state: "waiting", at: Date.now(), why: undefined });
    this.changed([]);
    void this.push();
  }

  /** The question that waits for an answer: the last event, where it asks, and nothing is on its way. */
  get question(): ChatEvent | undefined {
    for (let i = this.events.length; i--; ) {
      const event = this.events[i];
      if (event.from.role === "customer") return undefined;
      if (event.expects || event.choices) return event;
    }
    return undefined;
  }

  /** What came from the other side since the customer last looked. */
  get unread(): number {
    return this.events.filter((event) => event.seq > this.read && event.from.role !== "customer").length;
  }

  /** The first name of the agent who has the conversation, or had it last. */
  get agent(): string | undefined {
    return this.events.findLast((event) => event.type === "owner" && event.owner === "agent")?.name ?? undefined;
  }

  /** The place in the queue. */
  get place(): number | undefined {
    return this.events.findLast((event) => event.type === "owner")?.place;
  }

  seen(): void {
    if (this.read === this.last) return;
    this.read = this.last;
    this.save();
  }

  save(): void {
    const memory = this.memory();
    if (memory) this.keeper.save(memory);
  }

  /** Ends it here and on the server, and forgets it. Erasing forgets only what is erased: throws Failure where it is not. */
  async end(erase: boolean): Promise<void> {
    const { token } = this.api;
    const ended = this.api.end(erase);
    if (erase) await ended;
    else ended.catch(() => undefined);
    this.keeper.ended(token);
    this.forget();
  }

  private memory(): Memory | undefined {
    if (this.phase !== "live") return undefined;
    const { language, draft, outgoing, read, open } = this;
    return { token: this.api.token, language, draft, outgoing, read, open };
  }

  private share(): void {
    this.keeper.share(
      () => this.memory(),
      (token) => token === this.api.token && this.forget(),
    );
  }

  private follow(token: string, language: Language): void {
    this.api.token = token;
    Object.assign(this, { phase: "live", language, replaying: true });
    this.share();
    this.save();
    this.line.start();
    this.changed([]);
    void this.push();
  }

  /** As if there had never been a conversation; `but` stays. */
  forget(but: { draft?: string; open?: boolean } = {}): void {
    this.line.stop();
    this.keeper.clear();
    this.api.token = "";
    const empty = { phase: "new", events: [], outgoing: [], owner: "bot", busy: false, read: 0, draft: "", last: 0 };
    Object.assign(this, empty, { open: false, online: true, replaying: false }, but);
    this.changed([]);
  }

  /** The server's side is over: what was said can still be read, nothing more can be sent. */
  private close(phase: Phase): void {
    this.line.stop();
    this.keeper.clear();
    Object.assign(this, { phase, busy: false, replaying: false, online: true });
    this.changed([]);
  }

  private hear(events: ChatEvent[], state?: State): void {
    const news: ChatEvent[] = [];
    for (const event of events) {
      if (!(event.seq > this.last)) continue;
      this.last = event.seq;
      if (event.id) this.outgoing = this.outgoing.filter((mine) => mine.id !== event.id);
      if (event.from.role === "agent") this.typing = undefined;
      if (event.type === "owner" && event.owner) this.owner = event.owner;
      if (SHOWN.includes(event.type)) news.push(event);
    }
    this.events.push(...news);
    const replayed = this.replaying;
    if (state) Object.assign(this, { busy: state.busy, owner: state.owner });
    if (state && replayed) setTimeout(() => this.caughtUp(), QUIET_AFTER_REPLAY);
    this.save();
    this.changed(replayed ? [] : news);
    if (this.owner === "closed") this.close("over");
  }

  /** The log that was brought back stands on the page: from now on what comes is news. */
  private caughtUp(): void {
    this.replaying = false;
    this.changed([]);
  }

  private hearTyping(event: ChatEvent): void {
    if (event.from?.role !== "agent") return;
    this.typing = event.from.name ?? "";
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => {
      this.typing = undefined;
      this.changed([]);
    }, TYPING_LASTS);
    this.changed([]);
  }

  /** Sends what waits, in order. A message that can't be sent for a while is failed, and may be tried again. */
  private async push(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let next; this.phase === "live" && (next = this.outgoing.find((each) => each.state === "waiting")); ) {
        await this.transmit(next);
        this.save();
        this.changed([]);
      }
    } finally {
      this.sending = false;
    }
  }

  private async transmit(message: Outgoing): Promise<void> {
    try {
      await this.api.send(message.id, message.choice ? { choice: message.choice } : { text: message.text });
      message.state = "sent";
    } catch (error) {
      const failure = error as Failure;
      if (failure.status === 401) return this.close("over");
      const wait = Math.max(BETWEEN_TRIES, (failure.retryAfter ?? 0) * 1000);
      if (failure.passes && Date.now() + wait < message.at + GIVE_UP_AFTER) {
        await new Promise((done) => setTimeout(done, wait));
        return;
      }
      Object.assign(message, { state: "failed", why: failure.words, final: !failure.passes });
    }
  }
}
