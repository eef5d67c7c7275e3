// A Direct Line that lives in the page: no network, so Web Chat is measured and not a bot. `?history=N` replays N.
(() => {
  const many = Number(new URLSearchParams(location.search).get("history") ?? 1);
  class Observable {
    constructor(start) {
      this.start = start;
    }
    subscribe(observer) {
      const heard = typeof observer === "function" ? { next: observer } : observer;
      this.start(heard);
      return { unsubscribe() {} };
    }
  }
  const said = Array.from({ length: many }, (_, n) => ({
    id: `a${n}`,
    type: "message",
    text: `Message number ${n + 1}`,
    from: { id: n % 2 ? "user" : "bot", role: n % 2 ? "user" : "bot" },
    timestamp: new Date(Date.now() - (many - n) * 1000).toISOString(),
    channelData: { "webchat:sequence-id": n },
  }));
  const directLine = {
    connectionStatus$: new Observable(({ next }) => [0, 1, 2].forEach((status) => next(status))),
    activity$: new Observable(({ next }) => said.forEach((activity) => next(activity))),
    postActivity: () => new Observable(({ next, complete }) => (next("x"), complete?.())),
    end() {},
    getSessionId: () => new Observable(() => {}),
  };
  WebChat.renderWebChat({ directLine, userID: "user", locale: "en-US" }, document.getElementById("chat"));
})();
