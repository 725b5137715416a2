// Small pictures; where there is none to be had, it is said instead of left blank.

import { el } from './dom.js';
import { pictures } from './shop.js';

/** The small picture of an asset; the alternative text is empty where its name stands beside it. */
export function thumbnail(id, alternative = '') {
  const image = el('img', { src: pictures.thumbnail(id), alt: alternative, loading: 'lazy', decoding: 'async' });
  const frame = el('span', { class: 'thumbnail' }, image);
  image.addEventListener('error', () => frame.replaceChildren(el('span', { class: 'none' }, 'No preview')));
  return frame;
}
