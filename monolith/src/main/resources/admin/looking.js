// Whatever is done beside the page that is open, such as taking an act back, is seen on it.

const EVENT = 'looking-again';

/** Has the page that is open look again. */
export function lookAgain() {
  window.dispatchEvent(new Event(EVENT));
}

export function onLookingAgain(listener) {
  window.addEventListener(EVENT, listener);
}
