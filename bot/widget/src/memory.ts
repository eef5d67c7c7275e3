// What this tab remembers over a reload, and what the tabs of one page tell each other. Nothing here before the chat is opened.
import type { Language, Outgoing } from "./types";

export interface Memory {
  token: string;
  language: Language;
  draft: string;
  outgoing: Outgoing[];
  /** The last event that the customer has seen. */
  read: number;
  open: boolean;
}

type Word = { ask?: true; token?: string; language?: Language; over?: string };

const ANSWER_WITHIN = 150;

export class Keeper {
  private readonly name: string;
  private tabs?: BroadcastChannel;

  constructor(base: string) {
    this.name = `hp-offsite-chat ${base}`;
  }

  /** What was kept, if anything; a browser that refuses storage keeps nothing. */
  load(): Memory | undefined {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.name)!);
      return typeof kept?.token === "string" ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  save(memory: Memory): void {
    try {
      sessionStorage.setItem(this.name, JSON.stringify(memory));
    } catch {
      // Full or refused: the conversation goes on, only a reload forgets it.
    }
  }

  clear(): void {
    try {
      sessionStorage.removeItem(this.name);
    } catch {
      // Refused: then there is nothing either.
    }
  }

  /** From now on other tabs learn which conversation this is, and this one learns where it was ended. */
  share(mine: () => Memory | undefined, over: (token: string) => void): void {
    if (this.tabs || !("BroadcastChannel" in window)) return;
    this.tabs = new BroadcastChannel(this.name);
    this.tabs.addEventListener("message", ({ data }: MessageEvent<Word>) => {
      const own = mine();
      if (data.ask && own) this.tabs!.postMessage({ token: own.token, language: own.language });
      if (data.over) over(data.over);
    });
  }

  /** The conversation that another tab has open. */
  ask(): Promise<{ token: string; language: Language } | undefined> {
    return new Promise((found) => {
      const timer = setTimeout(() => found(undefined), ANSWER_WITHIN);
      this.tabs?.addEventListener("message", function heard({ data }: MessageEvent<Word>) {
        if (!data.token) return;
        clearTimeout(timer);
        this.removeEventListener("message", heard);
        found({ token: data.token, language: data.language ?? "da" });
      });
      this.tabs?.postMessage({ ask: true });
    });
  }

  /** Tells the other tabs that this conversation was ended. */
  ended(token: string): void {
    this.tabs?.postMessage({ over: token });
  }
}
