// `?history=N` puts N messages where it keeps its own copy of a conversation.
(() => {
  const many = Number(new URLSearchParams(location.search).get("history") ?? 0);
  if (many) {
    const conversation = Array.from({ length: many }, (_, n) => ({
      type: "text",
      text: `Message number ${n + 1}`,
      sender: n % 2 ? "client" : "response",
      showAvatar: false,
      hidden: false,
      timestamp: Date.now(),
    }));
    const kept = { session_id: "session-of-the-bench", conversation, params: { isChatOpen: true, initialized: true } };
    localStorage.setItem("chat_session", JSON.stringify({ ...kept, lastUpdate: Date.now() }));
  }
  WebChat.default({ socketUrl: location.origin, socketPath: "/socket.io/", title: "Support", params: { storage: "local" } }, null);
})();
