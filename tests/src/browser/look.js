// What somebody finds on the screen: what is in sight, by what it is called. A dialog that stands open hides the rest.

const tidy = (text) => text.replaceAll("\u00ad", "").replace(/\s+/g, " ").replace(/ ([,.:;!?])/g, "$1").trim();

// The words of an element as a screen reader says them, without those that are only drawn.
const words = (node) => {
  let all = "";
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) all += child.data;
    else if (child.nodeType === Node.ELEMENT_NODE && child.localName !== "noscript" && child.getAttribute("aria-hidden") !== "true") all += ` ${words(child)} `;
  }
  return all;
};
const called = (element) => tidy(element.getAttribute("aria-label") ?? words(element));

const inSight = (element) =>
  element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible" && element.checkVisibility();

const root = () => document.querySelector("dialog:modal") ?? document.body;

const all = (css) => [...root().querySelectorAll(css)].filter(inSight);

const matches = (text, wanted, whole) => (whole ? text === wanted : text.includes(wanted));

const things = 'button, a[href], summary, label.photo-input, [role="radio"], [role="option"], [role="switch"]';

const find = (css, wanted, whole) =>
  all(css).find((element) => matches(called(element), wanted, whole) && element.getAttribute("aria-disabled") !== "true");

const field = (label) => {
  const found = all("label[for]").find((one) => called(one) === label);
  return found && document.getElementById(found.htmlFor);
};

// What a picture shows: the file of a pictogram, or of a photo its size and its colour; nothing until it is drawn.
const pictured = (element) => {
  const image = element?.querySelector(".well img");
  if (!image?.complete || image.naturalWidth === 0) return null;
  if (!image.src.startsWith("blob:")) return new URL(image.src).pathname;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0, 1, 1);
  const colour = [...pen.getImageData(0, 0, 1, 1).data].map((part) => Math.round(part / 16));
  return `photo ${image.naturalWidth}x${image.naturalHeight} ${colour}`;
};

// A driver runs a script again whose page went away under it; going back twice would be one screen too far.
const backOnce = (which) => {
  if (sessionStorage["opstap-test-back"] === which) return false;
  sessionStorage["opstap-test-back"] = which;
  history.back();
  return true;
};
