// One picture: what it shows, what is known of it, who shows it, and what can be done with it.

import { button, el, keepingFocus } from './dom.js';
import { confirmed } from './dialog.js';
import { lookAgain } from './looking.js';
import { alarm, notice } from './notices.js';
import { pictures, products } from './shop.js';
import { Tagging } from './tagging.js';
import { counted, kind, moment, size } from './telling.js';

export function picturePage(id) {
  const page = el('div', {}, el('p', { class: 'quiet' }, 'Loading…'));
  let tagging = null;
  let leaving;
  const load = async signal => {
    try {
      const one = await pictures.find(id, { signal });
      if (signal.aborted) {
        return;
      }
      if (tagging) {
        tagging.refresh(one);
      } else {
        tagging = new Tagging(one, signal);
      }
      keepingFocus(page, () => page.replaceChildren(...content(tagging, signal)));
      document.title = `${one.fileName} – Shop admin`;
    } catch (failure) {
      if (!signal.aborted) {
        page.replaceChildren(el('h1', {}, 'Picture'), el('p', { class: 'failed' }, failure.message),
          button('Try again', () => load(signal)));
      }
    }
  };
  return {
    title: 'Picture',
    elements: [el('p', { class: 'back' }, el('a', { href: '#/pictures' }, '← All pictures')), page],
    update: () => load(leaving),
    start: signal => {
      leaving = signal;
      load(signal);
    },
  };
}

function content(tagging, signal) {
  const { one } = tagging;
  const isTrashed = one.status === 'TRASHED';
  const uses = el('div', {}, el('p', { class: 'quiet' }, 'Looking…'));
  const camera = el('div', {}, el('p', { class: 'quiet' }, 'Reading…'));
  const shown = products.showing(one.id, { signal });
  shown.then(found => uses.replaceChildren(used(found)), failure => signal.aborted || uses.replaceChildren(el('p', { class: 'failed' }, failure.message)));
  pictures.metadata(one.id, { signal }).then(
    found => camera.replaceChildren(...exif(found)),
    failure => signal.aborted || camera.replaceChildren(el('p', { class: 'failed' }, failure.message)));
  return [
    el('div', { class: 'head' },
      el('h1', {}, one.fileName),
      isTrashed ? el('p', { class: 'badge warning' }, 'In the trash') : null,
      el('div', { class: 'acts' },
        el('a', { href: pictures.content(one.id), download: one.fileName, class: 'button' }, 'Download'),
        isTrashed ? restore(one) : trash(one, shown))),
    el('div', { class: 'detail' },
      preview(one),
      el('div', { class: 'facts' },
        tagging.element,
        el('section', { 'aria-labelledby': 'uses' }, el('h2', { id: 'uses' }, 'Shown by'), uses),
        el('section', { 'aria-labelledby': 'technical' }, el('h2', { id: 'technical' }, 'Technical data'), facts([
          ['Type', kind(one.contentType)],
          ['Width × height', `${one.width} × ${one.height} pixels`],
          ['Size', `${size(one.size)} (${one.size.toLocaleString()} bytes)`],
          ['Uploaded', moment(one.uploadedAt)],
          ['Version', String(one.version)],
          ['Id', one.id],
          ['SHA-256', one.sha256],
        ])),
        el('section', { 'aria-labelledby': 'camera' }, el('h2', { id: 'camera' }, 'Camera data (EXIF)'), camera))),
  ];
}

function preview(one) {
  const image = el('img', { src: pictures.content(one.id), alt: `The picture ${one.fileName}`, width: one.width, height: one.height });
  const frame = el('div', { class: 'preview' }, image);
  image.addEventListener('error', () => frame.replaceChildren(el('p', { class: 'empty' }, 'The picture can’t be shown. Download it instead.')));
  return frame;
}

function facts(pairs) {
  return el('dl', {}, pairs.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

function used(found) {
  return found.total === 0
    ? el('p', {}, 'No product shows this picture.')
    : el('ul', {}, found.items.map(one => el('li', {}, el('a', { href: `#/products/by-sku/${encodeURIComponent(one.sku)}` }, one.name), ` ${one.sku}`)),
      found.total > found.items.length ? el('li', {}, `and ${counted(found.total - found.items.length, 'product')} more`) : null);
}

function exif(found) {
  return found.groups.length === 0
    ? [el('p', {}, 'This file carries none.')]
    : found.groups.map(group => el('details', { open: group === found.groups[0] }, el('summary', {}, group.name), facts(group.fields.map(one => [one.name, one.value]))));
}

function trash(one, shown) {
  return button('Move to trash', async () => {
    const total = await shown.then(found => found.total, () => 0);
    if (total > 0 && !await confirmed('Move to trash?', [
      el('p', {}, `${counted(total, 'product shows', 'products show')} this picture. It stays visible there, and is not deleted until no product shows it.`),
    ], 'Move to trash')) {
      return;
    }
    await acting(() => pictures.trash(one), `${one.fileName} is in the trash.`, { label: 'Undo', act: () => restored(one) });
  }, { class: 'danger', 'data-id': 'trash' });
}

const restored = one => acting(() => pictures.untrash(one), `${one.fileName} is restored.`);

function restore(one) {
  return button('Restore', () => restored(one), { class: 'main', 'data-id': 'trash' });
}

/** Whatever page is open by then shows what was done. */
async function acting(act, done, undo = null) {
  try {
    await act();
    notice(done, undo);
    lookAgain();
  } catch (failure) {
    alarm(failure.message);
  }
}
