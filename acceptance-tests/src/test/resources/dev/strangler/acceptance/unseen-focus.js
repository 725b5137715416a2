// Gives the focus to everything that can have it, and tells where nobody would see that: a line each. Whoever asks has pressed a key before, so that the
// browser takes it for a keyboard's focus.
() => {
  const FOCUSABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const lines = [];

  const channels = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([red, green, blue]) => [[red, 0.2126], [green, 0.7152], [blue, 0.0722]]
    .map(([value, weight]) => weight * (value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part) => sum + part);
  function contrast(one, other) {
    const [low, high] = [luminance(channels(one)), luminance(channels(other))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }
  function ground(element) {
    for (let box = element; box; box = box.parentElement) {
      const colour = getComputedStyle(box).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) {
        return colour;
      }
    }
    return 'rgb(255, 255, 255)';
  }

  /** What is wrong with its ring, or nothing. */
  function ring(box) {
    const style = getComputedStyle(box);
    const width = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
    if (width < 2) {
      return `has a ring of ${width} px, required are 2`;
    }
    const visible = contrast(style.outlineColor, ground(box.parentElement ?? box));
    return visible < 3 ? `has a ring with a contrast of ${visible.toFixed(1)}, required is 3` : '';
  }

  /** Of what lies in the window: some of it must be on top. */
  function isCovered(box) {
    const edge = box.getBoundingClientRect();
    const [left, right] = [Math.max(edge.left, 0), Math.min(edge.right, innerWidth)];
    const [top, bottom] = [Math.max(edge.top, 0), Math.min(edge.bottom, innerHeight)];
    const points = [0.5, 0.1, 0.9].flatMap(x => [0.5, 0.1, 0.9].map(y => [left + (right - left) * x, top + (bottom - top) * y]));
    return left >= right || top >= bottom || !points.some(([x, y]) => {
      const seen = document.elementFromPoint(x, y);
      return seen && (box.contains(seen) || seen.contains(box));
    });
  }

  const scene = document.querySelector('dialog:modal') ?? document;
  const all = [...scene.querySelectorAll(FOCUSABLE)].filter(one => !one.disabled && one.checkVisibility({ visibilityProperty: true }));
  for (const one of all) {
    one.focus();
    const named = one.outerHTML.slice(0, 120);
    if (document.activeElement !== one || !one.matches(':focus-visible')) {
      lines.push(`${named} takes no focus of a keyboard`);
      continue;
    }
    const edge = one.getBoundingClientRect();
    // A field that is a point in size shows it on its label.
    const shown = edge.width > 2 && edge.height > 2 ? one : one.labels?.[0] ?? one.parentElement;
    const wrong = isCovered(shown) ? 'is covered, or out of sight' : ring(shown);
    if (wrong) {
      lines.push(`${named} ${wrong}`);
    }
  }
  return all.length === 0 ? ['nothing takes the focus'] : lines.slice(0, 10);
}
