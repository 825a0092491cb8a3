// The largest type at which everything fits: a projector has one screen, and nobody in the last row can scroll.
const SMALLEST = 0.022; // of the height of the screen; below that, the last row cannot read it
const LARGEST = 0.042;
const STEPS = 16;
const ROOM = 900; // px; what is narrower is a page to scroll in
const LOW = 400; // px; and so is what is lower

// Give the stage the largest type with which it needs no scrolling, within the root's height.
export function fitType(root, stage) {
  root.classList.add("room-fitted"); // which makes it as high as the screen
  root.classList.remove("room-tight");
  const high = root.clientHeight;
  if (root.clientWidth < ROOM || high < LOW) {
    root.classList.remove("room-fitted");
    root.style.removeProperty("--room-unit");
    stage.style.removeProperty("font-size");
    return;
  }
  root.style.setProperty("--room-unit", `${high / 100}px`);
  const size = (step) => Math.max(15, high * (SMALLEST + ((LARGEST - SMALLEST) * step) / STEPS));
  const fits = (step) => {
    stage.style.setProperty("font-size", `${size(step).toFixed(1)}px`);
    return stage.scrollHeight <= stage.clientHeight && stage.scrollWidth <= stage.clientWidth;
  };
  // Before anything has to be scrolled, the gaps and the corner with the QR code become smaller.
  if (!fits(0)) root.classList.add("room-tight");
  let [low, top] = [0, STEPS];
  while (low < top) {
    const middle = Math.ceil((low + top) / 2);
    if (fits(middle)) low = middle;
    else top = middle - 1;
  }
  fits(low);
}
