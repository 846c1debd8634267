// Starts the app: takes up the saved language and colours before the first paint, compiles the program while it still
// arrives, and says a plain sentence when it cannot. A file of its own, because the page allows no inline script.
(() => {
  const script = document.currentScript;
  const { glue, program } = script.dataset;
  const page = document.documentElement;

  const saved = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      // A browser that keeps nothing starts as the phone is set.
      return null;
    }
  };
  const language = saved("opstap-language");
  if (language === "nl" || language === "en") page.lang = language;
  const theme = saved("opstap-theme");
  if (theme === "light" || theme === "dark") page.dataset.theme = theme;

  const sentences = {
    old: {
      nl: "Deze browser is te oud voor Opstap. Werk de browser bij, of vraag je begeleider.",
      en: "This browser is too old for Opstap. Update the browser, or ask your supporter.",
    },
    late: {
      nl: "Opstap is nog niet helemaal op dit toestel. Er is internet nodig, één keer.",
      en: "Opstap is not completely on this device yet. It needs internet, once.",
    },
    again: { nl: "Probeer het nu", en: "Try it now" },
  };

  const whenThere = (act) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", act, { once: true });
    else act();
  };

  const say = (which) =>
    whenThere(() => {
      const place = document.getElementById("say");
      if (!place) return;
      // The language of the page first, the other below it: nobody has been able to choose yet.
      const order = page.lang === "en" ? ["en", "nl"] : ["nl", "en"];
      const lines = order.map((code) => {
        const line = document.createElement("p");
        line.lang = code;
        line.textContent = sentences[which][code];
        return line;
      });
      place.className = "card stack";
      place.replaceChildren(...lines);
      if (which === "late") {
        const button = document.createElement("button");
        button.className = "button primary wide";
        button.textContent = sentences.again[order[0]];
        button.addEventListener("click", () => location.reload());
        place.append(button);
      }
    });

  // What the program needs at least; a browser without these would stop half-way without a word.
  const modern =
    typeof WebAssembly === "object" &&
    typeof WebAssembly.instantiateStreaming === "function" &&
    typeof indexedDB === "object" &&
    typeof HTMLDialogElement === "function" &&
    typeof structuredClone === "function";

  const start = async () => {
    const { default: init } = await import(glue);
    await init({ module_or_path: program });
    document.getElementById("shell")?.remove();
  };

  if (modern) {
    whenThere(() => {
      start().catch((reason) => {
        console.error(reason);
        say("late");
      });
    });
  } else {
    say("old");
  }

  // The worker is asked for after the first paint, so that a first visit does not load everything twice at once.
  if ("serviceWorker" in navigator) {
    addEventListener("load", () => {
      navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch((reason) => console.error(reason));
    });
  }
})();
