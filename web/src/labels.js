// Which of many names can be written without one covering another: the first in the list have the first choice.
const WIDTH = 6.6, HEIGHT = 14; // of a letter and a line, about

// boxes: {x, y, text}, the middle of the upper edge. Returns the set of those that fit.
export function fitting(boxes, wide, high) {
  const taken = [], fit = new Set();
  for (const b of boxes) {
    const half = b.text.length * WIDTH / 2, box = [b.x - half, b.y, b.x + half, b.y + HEIGHT];
    if (box[0] < 0 || box[2] > wide || box[1] < 0 || box[3] > high) continue;
    if (taken.some(t => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) continue;
    taken.push(box);
    fit.add(b);
  }
  return fit;
}
