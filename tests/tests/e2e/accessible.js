// What is wrong with a screen for somebody who taps with difficulty, sees little, or has it read aloud. Each problem is a sentence.

const controls = all(`${things}, textarea, select, input:not([type="file"])`);
const named = (element) => `“${called(element).slice(0, 40)}”`;
const problems = [];
const wide = document.scrollingElement.scrollWidth - innerWidth;
if (wide > 1) problems.push(`it is ${wide} px wider than the window`);
for (const one of controls) {
  const { width, height } = one.getBoundingClientRect();
  if (width < 47.5 || height < 47.5) {
    problems.push(`${named(one)} is ${Math.round(width)} by ${Math.round(height)} px, and has to be 48 by 48`);
  }
  if (!one.matches("input, textarea, select") && called(one) === "") problems.push("a button has no name");
}
const boxes = controls.map((one) => one.getBoundingClientRect());
const floor = document.querySelector(".floor");
controls.forEach((one, place) => {
  for (let other = place + 1; other < controls.length; other += 1) {
    const neighbour = controls[other];
    if (one.contains(neighbour) || neighbour.contains(one)) continue;
    // The page scrolls under the floor.
    if (floor && floor.contains(one) !== floor.contains(neighbour)) continue;
    const [a, b] = [boxes[place], boxes[other]];
    const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
    const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
    if (Math.max(across, down) < 7.5) {
      problems.push(`${named(one)} and ${named(neighbour)} are ${Math.round(Math.max(across, down))} px apart, and not 8`);
    }
  }
});
const main = all(".primary, .next-up, .button.way, .button.proud");
if (main.length > 3) problems.push(`it has ${main.length} main actions, and not at most 3`);
const titles = [...document.querySelectorAll("h1")].filter(inSight);
if (titles.length !== 1) problems.push(`it has ${titles.length} titles, and not one`);
if (all(".dots").length > 0 && all(".sentence").length !== 1) problems.push("it has more than one step");
const moving = document.getAnimations().filter((one) => one.playState === "running");
if (moving.length > 0) problems.push("it moves, though nothing should");
return problems;
