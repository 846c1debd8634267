// What is wrong with a screen for somebody who taps with difficulty, sees little, hears it or uses keys. Each check gives sentences.

const controls = () => all(`${things}, textarea, select, input:not([type="file"])`);
const named = (element) => `“${called(element).slice(0, 40) || element.outerHTML.slice(0, 80)}”`;
const round = (number) => Math.round(number * 100) / 100;

// A phone that is emulated makes its window as wide as the page: `innerWidth` would hide what is too wide.
const wide = () => {
  const { clientWidth: window } = document.documentElement;
  const more = document.scrollingElement.scrollWidth - window;
  const found = more > 1 ? [`it is ${more} px wider than the window`] : [];
  for (const { text, box } of texts()) {
    if (box.right > window + 1 || box.left < -1) found.push(`“${text.slice(0, 30)}” stands outside the window`);
  }
  return found;
};

const size = () => controls().flatMap((one) => {
  const { width, height } = one.getBoundingClientRect();
  if (width >= 47.5 && height >= 47.5) return [];
  return [`${named(one)} is ${Math.round(width)} by ${Math.round(height)} px, and has to be 48 by 48`];
});

const apart = () => {
  const [found, there] = [[], controls()];
  const boxes = there.map((one) => one.getBoundingClientRect());
  const floor = document.querySelector(".floor");
  there.forEach((one, place) => {
    for (let other = place + 1; other < there.length; other += 1) {
      const neighbour = there[other];
      if (one.contains(neighbour) || neighbour.contains(one)) continue;
      // The page scrolls under the floor.
      if (floor && floor.contains(one) !== floor.contains(neighbour)) continue;
      const [a, b] = [boxes[place], boxes[other]];
      const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
      const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
      const gap = Math.round(Math.max(across, down));
      if (Math.max(across, down) < 7.5) found.push(`${named(one)} and ${named(neighbour)} are ${gap} px apart, and not 8`);
    }
  });
  return found;
};

const few = () => {
  const found = [];
  const main = all(".primary, .next-up, .button.way, .button.proud");
  if (main.length > 3) found.push(`it has ${main.length} main actions, and not at most 3`);
  const titles = [...document.querySelectorAll("h1")].filter(inSight);
  if (titles.length !== 1) found.push(`it has ${titles.length} titles, and not one`);
  if (all(".dots").length > 0 && all(".sentence").length > 1) found.push("it has more than one step");
  return found;
};

// With prefers-reduced-motion nothing moves, and nothing would if it changed: no duration is longer than one picture of the screen.
const still = () => {
  const found = new Set();
  const seconds = (list) => Math.max(...list.split(",").map(parseFloat));
  for (const one of document.querySelectorAll("body, body *")) {
    for (const part of [null, "::before", "::after", "::backdrop"]) {
      const style = getComputedStyle(one, part);
      const what = `${one.localName}.${[...one.classList].join(".")}${part ?? ""}`;
      if (style.animationName !== "none" && seconds(style.animationDuration) > 0.02) {
        found.add(`${what} is animated for ${style.animationDuration}`);
      }
      if (style.transitionProperty !== "none" && seconds(style.transitionDuration) > 0.02) {
        found.add(`${what} changes in ${style.transitionDuration}`);
      }
      if (part === null && style.scrollBehavior === "smooth") found.add(`${what} scrolls smoothly`);
    }
  }
  if (document.getAnimations().some((one) => one.playState === "running")) found.add("it moves, though nothing should");
  return [...found];
};

// What a screen may listen for: taps, keys, typing, and what the device tells. All else would be a way that not everybody can go.
const HEARD = /^(abort|afterprint|beforeinstallprompt|blur|cancel|change|click|close|complete|controllerchange|ended|error|focus|focusin|focusout|input|keydown|keyup|load|loadedmetadata|message|offline|online|open|pagehide|pageshow|popstate|resize|scroll|statechange|submit|success|timeupdate|toggle|unhandledrejection|unload|updatefound|upgradeneeded|versionchange|visibilitychange|voiceschanged|appinstalled|blocked|hashchange|DOMContentLoaded|opstap-[a-z-]+|readystatechange|dataavailable|stop|boundary|end|start|play|pause)$/;

const gestures = () => {
  const found = new Set();
  const here = (target) => target === window || (target instanceof Node && target.isConnected);
  for (const { target, type } of window.listened) {
    if (!here(target) || HEARD.test(type)) continue;
    found.add(`${target.outerHTML?.slice(0, 60) ?? target.constructor.name} listens for “${type}”`);
  }
  const own = ["contextmenu", "dblclick", "touchstart", "touchend", "touchmove", "pointerdown", "pointerup", "mousedown", "wheel", "dragstart"];
  for (const one of document.querySelectorAll("body, body *")) {
    const by = own.find((type) => one[`on${type}`] || one.hasAttribute(`on${type}`));
    if (by) found.add(`${one.outerHTML.slice(0, 60)} listens for “${by}”`);
    if (one.getAttribute("draggable") === "true") found.add(`${one.outerHTML.slice(0, 60)} is there to be dragged`);
  }
  if (!window.listened.some(({ type }) => type === "click")) found.add("nobody kept what is listened for");
  return [...found];
};

// Every text in the main part of a screen, and on what can be tapped below it, is said when its speakers are tapped.
const spoken = () => {
  window.said = [];
  const main = document.querySelector("main");
  const speakers = [...main.querySelectorAll(".speak")].filter(inSight);
  if (speakers.length === 0) return ["nothing reads it aloud"];
  // Where it is said by itself, the first tap stops it.
  speakers.forEach((one) => one.click());
  if (window.said.length === 0) speakers.forEach((one) => one.click());
  const said = window.said.map(tidy).join(" ").replaceAll("\u00ad", "").toLowerCase();
  const silent = [];
  for (const part of document.querySelectorAll("main, .floor")) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: of, textContent } = walker.currentNode;
      const text = tidy(textContent).replaceAll("\u00ad", "");
      if (text === "" || of.closest(".for-voice, [aria-hidden=true]") || !inSight(of)) continue;
      if (!said.includes(text.toLowerCase())) silent.push(`nobody says “${text}”`);
    }
  }
  speakers.forEach((one) => one.click());
  return silent;
};

// Eight hours go by with everything that waits for a time, and the person looks at the screen again. Where a timer runs it may have run
// out, and nothing else.
const eightHours = async () => {
  const told = () => {
    const shown = document.body.cloneNode(true);
    // What waited to be sent may have gone meanwhile.
    shown.querySelectorAll(".timer, .chip, script, noscript").forEach((one) => one.remove());
    const buttons = all("button, a[href]").filter((one) => !one.closest(".timer") && !one.matches(".chip")).map(called);
    // When something was sent last is no more the same: an answer that was under way still arrives.
    // No network reaches the server while the clock is ahead, and the screen of what waits says so.
    const said = tidy(words(shown)).replace(/(Laatst verstuurd|Last sent): [^.]*\./, "")
      .replace(/(Er is nu geen internet|There is no internet now)\. [^.]*\./, "").trim();
    return [location.pathname, said, ...buttons].join(" | ");
  };
  const [before, timed] = [told(), all(".timer").length];
  await window.pass(8 * 60 * 60 * 1000);
  window.dispatchEvent(new Event("focus"));
  document.dispatchEvent(new Event("visibilitychange"));
  await window.pass(60_000);
  const { port1, port2 } = new MessageChannel();
  const from = performance.now();
  await new Promise((done) => {
    port1.onmessage = () => (performance.now() - from > 300 ? done() : port2.postMessage(0));
    port2.postMessage(0);
  });
  const after = told();
  if (all(".timer").length !== timed) return ["eight hours later the timer is gone"];
  if (after === before) return [];
  let same = 0;
  while (after[same] === before[same]) same += 1;
  const part = (text) => text.slice(Math.max(0, same - 30), same + 60);
  return [`eight hours later it says “…${part(after)}…” and not “…${part(before)}…”`];
};
