// What is said beside the page: briefly, aloud, and while the shop makes people wait.

import { button, el } from './dom.js';
import { hurry } from './patience.js';
import { counted } from './telling.js';

const SHOWN_FOR = 8_000;

/** Says it to screen readers when they are free. */
export function say(text) {
  document.getElementById('spoken').textContent = text;
}

/** Shows it for a while, with something to do about it perhaps; it stays while somebody points at it or is in it. */
export function notice(text, action = null) {
  const box = el('div', { class: 'notice' }, el('p', {}, text));
  const remove = () => (box.matches(':hover, :focus-within') ? setTimeout(remove, SHOWN_FOR) : box.remove());
  if (action) {
    box.append(button(action.label, () => {
      box.remove();
      action.act();
    }));
  }
  box.append(button('Dismiss', () => box.remove(), { class: 'quiet' }));
  document.getElementById('notices').append(box);
  say(text);
  setTimeout(remove, action ? 2 * SHOWN_FOR : SHOWN_FOR);
}

/** Says what failed for good, at once, and shows it until it is dismissed. */
export function alarm(text) {
  const box = el('div', { class: 'notice failed' }, el('p', {}, text), button('Dismiss', () => box.remove(), { class: 'quiet' }));
  document.getElementById('notices').append(box);
  document.getElementById('alarm').textContent = text;
}

const waits = new Set();

/** Whether anything that was to be saved is not yet. */
export function isWaiting() {
  return waits.size > 0;
}

/** For one command: what to call before each pause, and at its end with null and whether the shop is still away. */
export function waiting(what) {
  const wait = { what };
  return (failure, pause, isAway = false) => {
    if (failure) {
      wait.failure = failure;
      waits.add(wait);
    } else {
      waits.delete(wait);
    }
    show(isAway);
  };
}

/** Whether what waited is saved is not told here; it may as well have been refused. */
function show(isAway) {
  const banner = document.getElementById('waiting');
  const wasHidden = banner.hidden;
  banner.hidden = waits.size === 0;
  if (banner.hidden) {
    banner.replaceChildren();
    if (!wasHidden && !isAway) {
      say('The shop answers again.');
    }
    return;
  }
  const [first] = waits;
  const names = waits.size === 1 && first.what ? `“${first.what}”` : counted(waits.size, 'change');
  const text = `${reason(first.failure)} ${names} ${waits.size === 1 ? 'is' : 'are'} kept and sent again by itself. You can go on working; only keep this page open.`;
  if (banner.dataset.text !== text || wasHidden) {
    banner.dataset.text = text;
    banner.replaceChildren(el('p', {}, text), button('Try now', hurry));
  }
  if (wasHidden) {
    say(text);
  }
}

function reason(failure) {
  return failure.status === 0
    ? 'The shop can’t be reached at this moment.'
    : 'The shop takes no changes at this moment, as it is being moved or is busy.';
}
