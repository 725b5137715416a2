// The pictures in use, or those in the trash: to look for, to look at, and to change many of at once.

import { button, el, freshId, keepingFocus, settled } from './dom.js';
import { bulkBar } from './bulk.js';
import { holdsFiles, takeDropped } from './dropping.js';
import { pages, reloading, search } from './paging.js';
import { pictures } from './shop.js';
import { tagField, tagList } from './tags.js';
import { day, kind, size } from './telling.js';
import { thumbnail } from './thumbnail.js';
import { onArrival, takeFiles } from './uploads.js';

const SIZE = 40;

/** @param status ACTIVE or TRASHED */
export function pictureList(status, query) {
  const isTrash = status === 'TRASHED';
  const path = isTrash ? '/trash' : '/pictures';
  const input = search(isTrash ? 'Look in the trash by name or tag' : 'Look for pictures by name or tag', path);
  const grid = el('ul', { class: 'grid', 'aria-label': isTrash ? 'Pictures in the trash' : 'Pictures' });
  const result = el('div', { 'aria-live': 'off' }, el('p', { class: 'quiet' }, 'Loading…'));
  let words = query;
  let leaving;

  const bulk = bulkBar(status, () => load(words, leaving));
  const load = reloading(
    (wanted, signal) => pictures.list({ query: wanted.get('query') ?? '', status, page: wanted.get('page') ?? 0, size: SIZE }, { signal }),
    (found, wanted) => {
      bulk.offer(found.items);
      const text = wanted.get('query') ?? '';
      keepingFocus(result, () => {
        grid.replaceChildren(...found.items.map(one => card(one, bulk)));
        result.replaceChildren(
          found.total === 0 ? nothing(isTrash, text) : grid,
          pages(path, text, found));
      });
    },
    failure => result.replaceChildren(el('p', { class: 'failed' }, `The pictures can’t be read: ${failure.message}`),
      button('Try again', () => load(words, leaving))));

  function update(wanted) {
    words = wanted;
    if (document.activeElement !== input) {
      input.value = wanted.get('query') ?? '';
    }
    load(wanted, leaving);
  }

  return {
    title: isTrash ? 'Trash' : 'Pictures',
    elements: [
      el('div', { class: 'head' }, el('h1', {}, isTrash ? 'Trash' : 'Pictures'), el('div', { role: 'search' }, input)),
      isTrash
        ? el('p', { class: 'quiet' }, 'Pictures here are offered to no product, and are deleted for good after a while unless they are restored. What a product shows is not deleted.')
        : uploadArea(),
      bulk.element,
      result,
    ],
    update,
    start: signal => {
      leaving = signal;
      update(query);
      if (!isTrash) {
        onArrival(settled(() => load(words, leaving), 400), signal);
      }
    },
  };
}

function nothing(isTrash, text) {
  if (text) {
    return el('p', { class: 'empty' }, `Nothing has “${text}” in its name or tags.`);
  }
  return el('p', { class: 'empty' }, isTrash ? 'The trash is empty.' : 'There are no pictures yet. Drop some here, or choose files.');
}

function card(one, bulk) {
  const id = freshId('picture');
  const box = el('input', { type: 'checkbox', 'aria-labelledby': id, set: { checked: bulk.has(one.id) }, on: { change: () => bulk.choose(one, box.checked) } });
  return el('li', { 'data-id': one.id },
    box,
    el('a', { href: `#/pictures/${one.id}` }, thumbnail(one.id), el('span', { id, class: 'name', title: one.fileName }, one.fileName)),
    el('p', { class: 'quiet' }, `${kind(one.contentType)}, ${one.width} × ${one.height}, ${size(one.size)}, ${day(one.uploadedAt)}`),
    tagList(one.tags));
}

/** Where files are chosen; dropping them works anywhere. */
function uploadArea() {
  const tags = tagField('Tags for what is uploaded next');
  const files = el('input', {
    type: 'file', multiple: true, accept: 'image/jpeg,image/png,image/gif,image/webp', id: freshId('files'),
    on: { change: () => {
      takeFiles(files.files, tags.tags());
      files.value = '';
    } },
  });
  return el('section', { class: 'upload', 'aria-label': 'Upload',
    on: { drop: event => {
      if (holdsFiles(event.dataTransfer)) {
        event.preventDefault();
        event.stopPropagation();
        document.body.classList.remove('dropping');
        takeDropped(event.dataTransfer, tags.tags());
      }
    } } },
    el('div', { class: 'field' },
      el('label', { for: files.id }, 'Upload pictures'),
      files,
      el('p', { class: 'hint' }, 'JPEG, PNG, GIF or WebP, at most 20 MB each; as many as you like. Or drop them here.')),
    tags.element);
}
