// `?history=N` gives it N messages, which it shows before anything else.
(() => {
  const many = Number(new URLSearchParams(location.search).get("history") ?? 1);
  const chat = document.getElementById("chat");
  chat.setAttribute("connect", JSON.stringify({ url: "/nowhere" }));
  chat.setAttribute("history", JSON.stringify(Array.from({ length: many }, (_, n) => ({ role: n % 2 ? "user" : "ai", text: `Message number ${n + 1}` }))));
})();
