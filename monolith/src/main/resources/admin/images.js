// The pictures of a product in their order: moved by buttons or by dragging, each with how it stands.

import { button, el } from './dom.js';
import { say } from './notices.js';
import { pickImages } from './picker.js';
import { pictures } from './shop.js';
import { badge } from './standing.js';
import { thumbnail } from './thumbnail.js';

/** The field; `ids()` answers the pictures in their order. */
export function imageField(changed) {
  let ids = [];
  const known = new Map();
  const list = el('ol', { class: 'images', 'aria-label': 'Pictures of the product, in their order' });
  const mistake = el('p', { class: 'mistake', id: 'images-mistake', hidden: true, tabindex: -1 });
  const choose = button('Choose pictures…', async () => {
    const chosen = await pickImages(ids);
    if (chosen?.length > 0) {
      chosen.forEach(one => known.set(one.id, one));
      replace([...ids, ...chosen.map(one => one.id)], `${chosen.length} added`);
    }
    choose.focus();
  });

  function replace(next, spoken) {
    ids = next;
    show();
    changed();
    say(spoken);
  }

  function move(from, to, isDragged) {
    const next = [...ids];
    next.splice(to, 0, ...next.splice(from, 1));
    replace(next, `Now at place ${to + 1} of ${ids.length}`);
    if (!isDragged) {
      const acts = list.children[to].querySelectorAll('button');
      (acts[to < from ? 0 : 1].disabled ? acts[to < from ? 1 : 0] : acts[to < from ? 0 : 1]).focus();
    }
  }

  function show() {
    list.replaceChildren(...ids.map(item));
  }

  function item(id, place) {
    const one = known.get(id) ?? {};
    const name = one.fileName ?? 'Picture';
    const element = el('li', { draggable: 'true', on: {
      dragstart: event => event.dataTransfer.setData('text/x-place', String(place)),
      dragover: event => event.dataTransfer.types.includes('text/x-place') && event.preventDefault(),
      drop: event => {
        if (event.dataTransfer.types.includes('text/x-place')) {
          event.preventDefault();
          move(Number(event.dataTransfer.getData('text/x-place')), place, true);
        }
      },
    } },
      one.standing === 'missing' ? el('span', { class: 'thumbnail' }, el('span', { class: 'none' }, 'Missing')) : thumbnail(id),
      el('div', { class: 'about' },
        one.standing === 'missing' ? el('span', { class: 'name' }, name) : el('a', { class: 'name', href: `#/pictures/${id}` }, name),
        place === 0 ? el('span', { class: 'badge' }, el('strong', {}, 'Main picture')) : null,
        badge(one.standing)),
      el('div', { class: 'acts' },
        button('↑', () => move(place, place - 1), { 'aria-label': `Move ${name} forward`, disabled: place === 0 }),
        button('↓', () => move(place, place + 1), { 'aria-label': `Move ${name} back`, disabled: place === ids.length - 1 }),
        button('Take off', () => {
          replace(ids.filter(other => other !== id), `${name} taken off`);
          (list.children[Math.min(place, ids.length - 1)]?.querySelector('.acts button:last-child') ?? choose).focus();
        }, { 'aria-label': `Take ${name} off` })));
    return element;
  }

  /** Asks of those not known yet; says nothing of what can't be asked at this moment. */
  async function learn(signal) {
    await Promise.all(ids.filter(id => !known.has(id)).map(async id => {
      try {
        const one = await pictures.find(id, { signal });
        known.set(id, { ...one, standing: one.status === 'TRASHED' ? 'trashed' : null });
      } catch (failure) {
        if (failure.status === 404) {
          known.set(id, { id, fileName: 'Missing picture', standing: 'missing' });
        }
      }
    }));
    show();
  }

  return {
    element: el('section', { class: 'field', 'aria-labelledby': 'images-title' },
      el('h2', { id: 'images-title' }, 'Pictures'),
      el('p', { class: 'hint' }, 'The first one is the main picture. Drag them, or use the arrows.'),
      list, mistake, choose),
    ids: () => ids,
    set: (next, signal) => {
      ids = [...next];
      show();
      learn(signal);
    },
    /** What stood otherwise before a save is asked anew. */
    saved: signal => {
      ids.filter(id => known.get(id)?.standing).forEach(id => known.delete(id));
      learn(signal);
    },
    mark: text => {
      mistake.textContent = text;
      mistake.hidden = text === '';
    },
    mistake,
  };
}
