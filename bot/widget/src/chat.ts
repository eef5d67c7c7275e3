// The element: attributes in, events out, and what the customer does with the page. What is said is in store.ts.
import { type TemplateResult, html, nothing } from "lit/html.js";
import { Api, type Failure } from "./api";
import { Drawn } from "./element";
import { Keeper } from "./memory";
import { Conversation } from "./store";
import { type Words, fill, strings } from "./strings";
import styles from "./styles.css";
import type { ChatEvent, Language } from "./types";
import { composer } from "./view/composer";
import { ending, head } from "./view/head";
import { icon } from "./view/icons";
import { log } from "./view/log";
import { Title } from "./title";
import { Uploads } from "./upload";

const OFFLINE_SHOWN_AFTER = 2_500;
const PHONE = "(max-width: 30em), (max-height: 30em)";

export class OffsiteChat extends Drawn {
  static observedAttributes = ["language", "phone", "privacy"];
  /** Where the script came from: the gateway, where no `api` attribute says otherwise. */
  static home = "";

  talk!: Conversation;
  server!: Api;
  uploads!: Uploads;
  menu = false;
  /** What the customer is asked to be sure of. */
  sure: "" | "end" | "erase" = "";
  copied = "";
  /** What screen readers hear at once. */
  status = "";
  /** What did not work just now. */
  problem = "";
  offline = false;
  private bad = false;
  private counter = new Title();
  private offlineTimer = 0;
  private fresh?: number;
  /** Whether the end of the conversation is in sight, so that it stays there. */
  stuck = true;
  /** Whether files are held over the chat. */
  over = false;

  get words(): Words {
    return strings[this.talk.language];
  }

  get opened(): boolean {
    return this.talk?.open;
  }

  constructor() {
    super(styles);
  }

  connectedCallback(): void {
    if (!this.talk && !this.bad) this.wire();
    this.refresh();
    document.addEventListener("visibilitychange", this.look);
    document.addEventListener("click", this.asksForChat);
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.look);
    document.removeEventListener("click", this.asksForChat);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (name === "language" && before !== after && this.talk?.phase === "new") this.talk.language = this.asked;
    this.refresh();
  }

  /** Opens the chat; the first time this begins the conversation. */
  show(): void {
    if (this.bad || this.opened) return;
    if (this.talk.phase !== "over") void this.talk.begin();
    this.talk.open = true;
    this.talk.save();
    this.drawNow();
    this.focusWriting();
    this.tell("open");
  }

  /** Puts the chat away; the conversation goes on. */
  async hide(): Promise<void> {
    if (!this.opened) return;
    this.talk.open = this.menu = false;
    this.sure = "";
    this.talk.save();
    this.refresh();
    await this.drawn;
    this.find("launch")?.focus();
    this.tell("close");
  }

  /** Says it in the region that screen readers hear at once. */
  announce(sentence: string): void {
    this.status = sentence;
    this.refresh();
  }

  /** Tells, for all to see, what did not work. */
  fail(error: unknown): void {
    this.problem = (error as Failure).words?.[this.talk.language] ?? this.words.down;
    this.refresh();
  }

  send(text: string, choice?: string): void {
    if (!this.talk.say(text, choice)) return;
    this.stuck = true;
    this.fresh = undefined;
    this.problem = "";
    if (!choice && text === this.talk.draft) this.talk.draft = "";
    this.talk.save();
    this.refresh();
    if (choice) void this.drawn.then(() => this.focusWriting());
  }

  /** The widget's language and the bot's. */
  switchLanguage(): void {
    const sentence = this.words.switch;
    this.talk.language = this.talk.language === "da" ? "en" : "da";
    if (this.talk.phase === "live") this.send(sentence);
    this.refresh();
  }

  /** Ends the chat, or has what was said erased, once the customer is sure. */
  async end(): Promise<void> {
    try {
      await this.talk.end(this.sure === "erase");
    } catch (error) {
      return this.fail(error);
    }
    this.sure = "";
    this.refresh();
    await this.drawn;
    this.find("launch")?.focus();
    this.tell("close");
    this.tell("end");
  }

  /** Asks before the chat is ended or erased; or no longer. */
  async ask(sure: typeof this.sure): Promise<void> {
    this.sure = sure;
    this.refresh();
    await this.drawn;
    this.find(sure ? "end" : "menu")?.focus();
  }

  /** A new conversation after one that is over; what was typed and never arrived is still there. */
  startAgain(): void {
    const unsent = this.talk.outgoing.filter((each) => each.state !== "sent" && !each.choice);
    const draft = [...unsent.map((each) => each.text), this.talk.draft].filter(Boolean).join("\n");
    this.talk.forget({ draft, open: true });
    void this.talk.begin();
  }

  get privacyPage(): string {
    return this.getAttribute("privacy") || `${this.server.base}/privacy?language=${this.talk.language}`;
  }

  async save(address: string, name: string): Promise<void> {
    try {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await this.server.download(address));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (error) {
      this.fail(error);
    }
  }

  async copy(text: string): Promise<void> {
    await navigator.clipboard?.writeText(text).catch(() => undefined);
    this.copied = text;
    this.announce(this.words.copied);
  }

  protected draw(): TemplateResult | typeof nothing {
    if (this.bad) return nothing;
    const { talk, words } = this;
    const unread = talk.unread;
    const count = unread && !this.opened ? fill(unread === 1 ? words.unread1 : words.unread, { n: unread }) : "";
    return html`<div class="root" lang=${talk.language} @keydown=${this.key}>
      <button id="launch" class="launch" ?hidden=${this.opened} aria-haspopup="dialog" aria-expanded="false"
        aria-label=${count ? `${words.launch}, ${count}` : nothing} @click=${this.show}>${icon("chat")}<span>${words.launch}</span>${count
          ? html`<span class="badge">${unread}</span>`
          : nothing}</button>
      <dialog id="panel" class="panel" aria-labelledby="title" tabindex="-1" @cancel=${this.cancelled}
        @dragover=${this.drag} @dragleave=${this.drag} @drop=${this.drag}>
        ${this.opened ? html`${head(this)}${log(this)}${this.sure ? ending(this) : composer(this)}` : nothing}
        ${this.over ? html`<p class="drop">${words.dropHere}</p>` : nothing}
        <div class="hide" role="status">${this.opened ? this.status : ""}</div>
      </dialog>
    </div>`;
  }

  protected settled(): void {
    if (this.bad) return;
    this.display();
    this.keepPlace();
    this.look();
  }

  private get panel(): HTMLDialogElement | null {
    return this.find<HTMLDialogElement>("panel");
  }

  /** The language of the tag, else of the page, else Danish. */
  private get asked(): Language {
    return /^en/i.test(this.getAttribute("language") || document.documentElement.lang) ? "en" : "da";
  }

  private wire(): void {
    let base: URL;
    try {
      base = new URL(this.getAttribute("api") || OffsiteChat.home, location.href);
      if (!/^https?:$/.test(base.protocol)) throw new TypeError(base.protocol);
    } catch {
      this.bad = true;
      console.error(`hp-offsite-chat: the attribute api is no http address: ${this.getAttribute("api")}`);
      return;
    }
    const address = (base.origin + base.pathname).replace(/\/+$/, "");
    this.server = new Api(address);
    this.talk = new Conversation(this.server, new Keeper(address), this.asked, (news) => this.hear(news));
    this.uploads = new Uploads(this.server, () => this.refresh());
    // A browser lets us wait for its store: the button is drawn meanwhile.
    setTimeout(() => this.talk.resume());
  }

  private hear(news: ChatEvent[]): void {
    for (const event of news) {
      if (event.from.role === "customer") this.fresh = undefined;
      else this.fresh ??= event.seq;
      const { case_id, booking_id } = event.data ?? {};
      if (event.card === "case") this.tell("case", { case_id });
      if (event.card === "booking") this.tell("booking", { case_id, booking_id });
    }
    if (this.talk.online) {
      clearTimeout(this.offlineTimer);
      this.offlineTimer = 0;
      if (this.offline) this.status = this.words.online;
      this.offline = false;
    } else {
      this.offlineTimer ||= setTimeout(() => {
        this.offline = true;
        this.announce(this.words.offline);
      }, OFFLINE_SHOWN_AFTER);
    }
    if (this.talk.phase === "new" && !this.opened) this.uploads.clear();
    else void this.uploads.work();
    this.refresh();
  }

  private tell(name: string, detail: object = {}): void {
    this.dispatchEvent(new CustomEvent(`offsite:${name}`, { detail, bubbles: true, composed: true }));
  }

  /** Full screen on a phone, where the page behind must not be reached; beside the page elsewhere. */
  private display(): void {
    if (!this.panel || this.panel.open === this.opened) return;
    if (!this.opened) this.panel.close();
    else if (matchMedia(PHONE).matches) this.panel.showModal();
    else this.panel.show();
  }

  /** Where the customer writes on; on a touch screen that would bring the keyboard up before anything was read. */
  private focusWriting(): void {
    const write = matchMedia("(pointer: coarse)").matches ? null : this.find("write");
    (write ?? this.panel)?.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.opened) return;
    event.stopPropagation();
    event.preventDefault();
    if (this.menu || this.sure) {
      this.menu = false;
      this.sure = "";
      this.refresh();
      this.find("menu")?.focus();
    } else void this.hide();
  }

  /** Anything on the page with `data-offsite-open` opens the chat. */
  private asksForChat = ({ target }: Event): void => {
    if (target instanceof Element && target.closest("[data-offsite-open]")) this.show();
  };

  private cancelled(event: Event): void {
    event.preventDefault();
    void this.hide();
  }

  /** What stands before the customer's eyes is read. */
  private look = (): void => {
    if (!this.talk) return;
    if (this.opened && !document.hidden) this.talk.seen();
    this.counter.show(this.talk.unread);
  };

  /** Takes files that were pasted or dropped; words are left to the browser. */
  takeFiles(event: Event, from: DataTransfer | null): void {
    if (!from?.files.length || !this.talk.listening) return;
    event.preventDefault();
    this.uploads.add(from.files);
  }

  private drag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.over = event.type === "dragover";
    if (event.type === "drop") this.takeFiles(event, event.dataTransfer);
    this.refresh();
  }

  scrolled(event: Event): void {
    const box = event.target as HTMLElement;
    const stuck = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
    if (stuck === this.stuck) return;
    this.stuck = stuck;
    this.refresh();
  }

  toNewest(): void {
    this.stuck = true;
    this.fresh = undefined;
    this.refresh();
    this.find("log")?.focus();
  }

  /** Keeps the end in sight, but never scrolls the first new message away before it is read. */
  private keepPlace(): void {
    const box = this.find("log");
    if (!box || !this.stuck) return;
    const first = this.fresh && box.querySelector<HTMLElement>(`[data-seq="${this.fresh}"]`);
    const end = box.scrollHeight - box.clientHeight;
    box.scrollTop = first ? Math.min(end, first.offsetTop - 12) : end;
  }
}
