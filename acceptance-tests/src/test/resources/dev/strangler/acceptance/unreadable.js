// Tells what of the page can't be read at the width that it has: a line each. Whatever lies in a box that scrolls can be read.
() => {
  const TOLERANCE = 1.5;
  const lines = [];
  const needed = document.documentElement.scrollWidth;
  if (needed > innerWidth) {
    lines.push(`needs ${needed} pixels and has ${innerWidth}`);
  }

  const hides = value => value === 'hidden' || value === 'clip';
  const scrolls = value => value === 'auto' || value === 'scroll';

  function cutBy(element, text) {
    const open = { x: true, y: true };
    for (let box = element; box && box !== document.documentElement; box = box.parentElement) {
      const style = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      // For screen readers alone: a point in size, and meant to be.
      if (edge.width <= 1 && edge.height <= 1 && style.clipPath !== 'none') {
        return null;
      }
      for (const [axis, low, high] of [['x', 'left', 'right'], ['y', 'top', 'bottom']]) {
        const overflow = axis === 'x' ? style.overflowX : style.overflowY;
        if (open[axis] && hides(overflow) && (text[low] < edge[low] - TOLERANCE || text[high] > edge[high] + TOLERANCE)) {
          return box;
        }
        open[axis] &&= !scrolls(overflow);
      }
    }
    return open.x && text.right > innerWidth + TOLERANCE ? document.documentElement : null;
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
      continue;
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const text of range.getClientRects()) {
      // A link that comes in once it has the focus waits outside.
      const box = text.width === 0 || text.right <= 0 || text.bottom + scrollY <= 0 ? null : cutBy(element, text);
      if (box) {
        lines.push(`"${node.data.trim().slice(0, 60)}" is cut off by ${box.tagName.toLowerCase()}.${box.className}`);
        break;
      }
    }
  }
  return lines.slice(0, 10);
}
