// The code stands behind the #, so that fetching the page sends it nowhere: a tap does.
const parts = Object.fromEntries(["ask", "yes", "done", "offline", "not"].map((id) => [id, document.getElementById(id)]));

function show(part) {
  for (const one of [parts.done, parts.offline, parts.not]) one.hidden = one !== part;
}

parts.yes.addEventListener("click", async () => {
  parts.yes.disabled = true;
  try {
    const answer = await fetch("/api/mail/confirm", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ code: location.hash.slice(1) }),
    });
    if (answer.ok) {
      parts.ask.hidden = true;
      show(parts.done);
      return;
    }
    const { sentence } = await answer.json();
    const [dutch, english] = parts.not.children;
    dutch.textContent = sentence.nl;
    english.textContent = sentence.en;
    show(parts.not);
  } catch {
    show(parts.offline);
  }
  parts.yes.disabled = false;
});
