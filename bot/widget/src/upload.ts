// Pictures and PDFs on their way: what may go, one after the other, with progress; each can be called off. They wait for the
// conversation to begin.
import { type Api, Failure } from "./api";
import { newId } from "./id";
import type { Language } from "./types";

const KINDS = ["image/jpeg", "image/png", "image/webp", "application/pdf"];
export const ACCEPTED = KINDS.join();
const LARGEST = 10 * 1024 * 1024;
const MOST = 5;

export type Refusal = "fileKind" | "fileBig" | "fileMany" | "fileFailed";

export interface Sending {
  id: string;
  file: File;
  /** How much has gone, in percent. */
  percent: number;
  refusal?: Refusal;
  /** Why it failed, where the server said. */
  why?: Record<Language, string>;
  control: AbortController;
}

export class Uploads {
  list: Sending[] = [];
  private working = false;

  constructor(private api: Api, private changed: () => void) {}

  add(files: Iterable<File>): void {
    for (const file of files) {
      const going = this.list.filter((each) => !each.refusal).length;
      const refusal = !KINDS.includes(file.type) ? "fileKind" : file.size > LARGEST ? "fileBig" : going >= MOST ? "fileMany" : undefined;
      this.list.push({ id: newId(), file, percent: 0, refusal, control: new AbortController() });
    }
    this.changed();
    void this.work();
  }

  /** Calls it off, or takes a refusal away. */
  drop(sending: Sending): void {
    sending.control.abort();
    this.list = this.list.filter((each) => each !== sending);
    this.changed();
  }

  retry(sending: Sending): void {
    Object.assign(sending, { refusal: undefined, why: undefined, percent: 0 });
    this.changed();
    void this.work();
  }

  /** Forgets them all, with the conversation they were for. */
  clear(): void {
    for (const each of this.list) each.control.abort();
    this.list = [];
  }

  /** Sends what waits, once there is a conversation. */
  async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let next; this.api.token && (next = this.list.find((each) => !each.refusal)); ) await this.send(next);
    this.working = false;
  }

  private async send(sending: Sending): Promise<void> {
    const more = this.list.filter((each) => !each.refusal).length > 1;
    try {
      await this.api.upload(sending.file, sending.id, more, sending.control.signal, (percent) => {
        sending.percent = percent;
        this.changed();
      });
      this.drop(sending);
    } catch (error) {
      if (error instanceof Failure) Object.assign(sending, { refusal: "fileFailed", why: error.words });
      this.changed();
    }
  }
}
