// Where pictures for a product are chosen: those that the products' side offers, and those of which it has not heard yet.

import { button, el, freshId, keepingFocus, settled } from './dom.js';
import { dialog } from './dialog.js';
import { pictures, products } from './shop.js';
import { badge } from './standing.js';
import { counted } from './telling.js';
import { thumbnail } from './thumbnail.js';
import { onArrival, takeFiles } from './uploads.js';

const SIZE = 48;

/** Asks for pictures; answers them as chosen, each with its standing, or null. @param taken those that the product shows already */
export function pickImages(taken) {
  const leaving = new AbortController();
  return dialog('Choose pictures', close => {
    const chosen = new Map();
    const grid = el('ul', { class: 'grid', 'aria-label': 'Pictures to choose from' });
    const told = el('p', { class: 'quiet', role: 'status' }, 'Loading…');
    const add = button('Add', () => close([...chosen.values()]), { class: 'main', disabled: true });
    const more = button('Show more', () => load(shown + 1, shown + 1), { hidden: true });
    let shown = 0;
    let wanted = 0;
    let current = new AbortController();

    const input = el('input', { type: 'search', 'aria-label': 'Look by name or tag', placeholder: 'Look by name or tag', maxlength: 200, autocomplete: 'off', on: { input: settled(() => load(0, 0)) } });
    const files = el('input', { type: 'file', multiple: true, accept: 'image/jpeg,image/png,image/gif,image/webp', id: freshId('files'), on: { change: () => {
      takeFiles(files.files);
      files.value = '';
    } } });
    // Several may arrive at once: each is chosen, and the list is read once, as far as it is shown.
    const reload = settled(() => load(0, wanted), 0);
    onArrival(one => {
      // The same bytes are the same picture, so what arrives may hang there already.
      if (!taken.includes(one.id)) {
        chosen.set(one.id, { ...one, standing: 'arriving' });
      }
      count();
      reload();
    }, leaving.signal);

    function card(one) {
      const isTaken = taken.includes(one.id);
      const id = freshId('option');
      const box = el('input', { type: 'checkbox', id, disabled: isTaken, set: { checked: isTaken || chosen.has(one.id) }, on: { change: () => {
        if (box.checked) {
          chosen.set(one.id, one);
        } else {
          chosen.delete(one.id);
        }
        count();
      } } });
      return el('li', { class: isTaken ? 'taken' : '', 'data-id': one.id }, box,
        el('label', { for: id }, thumbnail(one.id), el('span', { class: 'name', title: one.fileName }, one.fileName),
          isTaken ? el('span', { class: 'badge' }, 'Shown already') : badge(one.standing)));
    }

    function count() {
      add.disabled = chosen.size === 0;
      add.textContent = chosen.size === 0 ? 'Add' : `Add ${counted(chosen.size, 'picture')}`;
    }

    /** Reads these pages; those before them stay as they are. */
    async function load(first, last) {
      current.abort();
      current = new AbortController();
      const { signal } = current;
      wanted = last;
      try {
        const found = await Promise.all(Array.from({ length: last - first + 1 }, (none, place) => offered(input.value.trim(), first + place, signal)));
        if (signal.aborted) {
          return;
        }
        shown = last;
        const cards = found.flatMap(page => page.items.map(card));
        keepingFocus(grid, () => (first === 0 ? grid.replaceChildren(...cards) : grid.append(...cards)));
        const { total } = found.at(-1);
        more.hidden = (last + 1) * SIZE >= total;
        told.textContent = grid.childElementCount === 0 ? 'No picture has this in its name or tags.' : `${counted(total, 'picture')} offered`;
        count();
      } catch (failure) {
        if (!signal.aborted) {
          told.textContent = `The pictures can’t be read: ${failure.message}`;
        }
      }
    }

    load(0, 0);
    return {
      content: [el('div', { class: 'choosing' }, input, el('div', {}, el('label', { for: files.id }, 'Or upload new ones'), files)), told, grid, more],
      buttons: [button('Cancel', () => close(null), { class: 'quiet' }), add],
    };
  }, { wide: true }).finally(() => leaving.abort());
}

/**
 * What the products' side offers, and on the first page what it should: assets of which it has not heard, and, when words are looked for, those
 * in the trash. What it offers still though it was trashed or deleted is told as what it is: both sides list the newest first, so what is not among
 * the assets of the same page is asked for by itself.
 */
async function offered(query, page, signal) {
  const parameters = { query, page, size: SIZE };
  const isFirst = page === 0;
  const [attachable, active, trashed] = await Promise.all([
    products.attachable(parameters, { signal }),
    pictures.list(parameters, { signal }),
    isFirst && query ? pictures.list({ ...parameters, status: 'TRASHED' }, { signal }) : { items: [] },
  ]);
  const inUse = new Set(active.items.map(one => one.id));
  const inTrash = new Set(trashed.items.map(one => one.id));
  const standing = one => (inUse.has(one.id) ? null : inTrash.has(one.id) ? 'returning' : state(one.id, signal));
  const items = await Promise.all(attachable.items.map(async one => ({ ...one, standing: await standing(one) })));
  if (!isFirst) {
    return { items, total: attachable.total };
  }
  const known = new Set(items.map(one => one.id));
  // Older than the last one that is offered here is what is offered on the next page.
  const last = attachable.total > SIZE ? active.items.findLastIndex(one => known.has(one.id)) : -1;
  const arriving = active.items.slice(0, last < 0 ? SIZE : last).filter(one => !known.has(one.id)).slice(0, Math.max(0, SIZE - items.length) || SIZE)
    .map(one => ({ ...one, standing: 'arriving' }));
  return {
    items: [...arriving, ...items, ...trashed.items.filter(one => !known.has(one.id)).map(one => ({ ...one, standing: 'returning' }))],
    total: attachable.total + arriving.length,
  };
}

async function state(id, signal) {
  try {
    return (await pictures.find(id, { signal })).status === 'TRASHED' ? 'returning' : null;
  } catch (failure) {
    return failure.status === 404 ? 'missing' : null;
  }
}
