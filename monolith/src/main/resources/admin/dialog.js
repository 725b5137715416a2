// Dialogs: the browser's own, so that focus, Escape and what lies behind are its affair.

import { button, el, freshId } from './dom.js';

/**
 * Shows a dialog; answers what `close` was called with, null if it was left.
 *
 * @param build gets `close` and answers the content and the buttons
 */
export function dialog(title, build, { wide = false } = {}) {
  return new Promise(resolve => {
    const id = freshId('dialog');
    let answer = null;
    const close = value => {
      answer = value;
      box.close();
    };
    // It belongs to the page upon which it was opened.
    const [place] = location.hash.split('?');
    const left = () => location.hash.split('?')[0] !== place && box.close();
    window.addEventListener('hashchange', left);
    const box = el('dialog', { 'aria-labelledby': id, class: wide ? 'wide' : '', on: { close: () => {
      window.removeEventListener('hashchange', left);
      box.remove();
      resolve(answer);
    } } });
    const { content, buttons } = build(close);
    box.append(el('h2', { id }, title), el('div', { class: 'content' }, content), el('div', { class: 'buttons' }, buttons));
    document.body.append(box);
    box.showModal();
  });
}

/** Asks before something is done; true only if it shall be. */
export async function confirmed(title, content, act) {
  return await dialog(title, close => ({
    content,
    buttons: [button('Cancel', () => close(false), { class: 'quiet' }), button(act, () => close(true), { class: 'danger' })],
  })) === true;
}
