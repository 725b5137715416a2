// Tags as people edit them: one field, words separated by commas, each shown as soon as it is one.

import { button, el, field } from './dom.js';

/** The words of a text, without doubles and empty ones. */
export function words(text) {
  return [...new Set(text.split(',').map(word => word.normalize('NFC').trim()).filter(word => word !== ''))];
}

/** A labelled field for tags; `tags()` answers them, whatever is half typed included. */
export function tagField(label, initial = [], changed = () => {}) {
  let tags = [...initial];
  const chips = el('ul', { class: 'chips', 'aria-label': `${label}: chosen so far` });
  const input = el('input', {
    type: 'text', autocomplete: 'off', maxlength: 600,
    on: {
      input: () => {
        if (input.value.includes(',')) {
          take();
        }
        changed();
      },
      keydown: event => {
        if (event.key === 'Enter' && input.value.trim() !== '') {
          event.preventDefault();
          take();
        } else if (event.key === 'Backspace' && input.value === '' && tags.length > 0) {
          replace(tags.slice(0, -1));
        }
      },
      blur: take,
    },
  });

  function take() {
    const more = words(input.value);
    input.value = '';
    if (more.length > 0) {
      replace([...new Set([...tags, ...more])]);
    }
  }

  function replace(next) {
    tags = next;
    show();
    changed();
  }

  function show() {
    chips.replaceChildren(...tags.map(tag => el('li', {}, el('span', {}, tag),
      button('×', () => {
        replace(tags.filter(other => other !== tag));
        input.focus();
      }, { 'aria-label': `Remove tag ${tag}` }))));
  }

  show();
  return {
    input,
    element: field(label, input, 'Separate tags by commas.', el('div', { class: 'tags' }, chips, input)),
    tags: () => [...new Set([...tags, ...words(input.value)])],
    /** What is half typed at this moment and among them stays half typed. */
    reset: next => {
      const half = words(input.value);
      const isTyping = document.activeElement === input && half.length > 0 && half.every(tag => next.includes(tag));
      tags = isTyping ? next.filter(tag => !half.includes(tag)) : [...next];
      if (!isTyping) {
        input.value = '';
      }
      show();
    },
  };
}

/** Tags to look at. */
export function tagList(tags) {
  return tags.length === 0 ? null : el('ul', { class: 'chips', 'aria-label': 'Tags' }, tags.map(tag => el('li', {}, tag)));
}
