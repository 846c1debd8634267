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

  // Rings at the times of plans, where somebody switched that on. While Opstap is open a timer does it; a browser that can wait for a time
  // by itself is given the week to come, so that it rings when Opstap is closed, without a network too. The program writes the list:
  // `off` with two days, and `ring` with the plan, minutes since midnight, a bit for each day from Monday on, whether it rings on days off
  // too, the last day on which it was done, and the title.
  const RINGS = "opstap-rings";
  // A phone that slept through a time does not ring for it hours later.
  const LATEST = 600_000;
  const dayOf = (date) => date.toLocaleDateString("sv");
  let timers = [];
  let turn = 0;

  const timesOf = ([, , minutes, days, always, done], off, ahead) =>
    Array.from({ length: ahead }, (_, n) => {
      const at = new Date();
      at.setDate(at.getDate() + n);
      at.setHours(0, minutes, 0, 0);
      return at;
    }).filter((at) => {
      const day = dayOf(at);
      const rests = always !== "1" && off.some(([, from, until]) => from <= day && day <= until);
      return at > Date.now() && (days >> ((at.getDay() + 6) % 7)) & 1 && !rests && day !== done;
    });

  const ring = async () => {
    const mine = ++turn;
    timers.forEach(clearTimeout);
    timers = [];
    if (!("serviceWorker" in navigator) || globalThis.Notification?.permission !== "granted") return;
    const worker = await navigator.serviceWorker.ready;
    const waits = "showTrigger" in Notification.prototype;
    const told = waits ? await worker.getNotifications({ includeTriggered: true }) : [];
    // Asked again meanwhile: the newer one does it.
    if (mine !== turn) return;
    for (const old of told) if (old.showTrigger?.timestamp > Date.now()) old.close();
    const lines = (saved(RINGS) ?? "").split("\n").map((line) => line.split("\t"));
    const off = lines.filter(([what]) => what === "off");
    for (const line of lines.filter(([what]) => what === "ring")) {
      for (const at of timesOf(line, off, waits ? 7 : 1)) {
        const notice = { tag: `ring ${dayOf(at)} ${line[1]}`, lang: page.lang, icon: "/icon-192.png", badge: "/icon-192.png" };
        const show = (more) => worker.showNotification(line[6], { ...notice, ...more }).catch((reason) => console.error(reason));
        if (waits) show({ showTrigger: new TimestampTrigger(at.getTime()) });
        else timers.push(setTimeout(() => Date.now() - at < LATEST && show(), at - Date.now()));
      }
    }
    const midnight = new Date().setHours(24, 0, 0, 0);
    timers.push(setTimeout(ring, midnight - Date.now()));
  };
  addEventListener(RINGS, ring);
  if (saved(RINGS) !== null) addEventListener("load", ring);

  // The worker is asked for after the first paint, so that a first visit does not load everything twice at once.
  if ("serviceWorker" in navigator) {
    addEventListener("load", () => {
      navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch((reason) => console.error(reason));
    });
  }
})();
