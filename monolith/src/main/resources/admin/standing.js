// How the picture of a product may stand, in words that say what follows from it.

import { el } from './dom.js';

const STANDINGS = {
  arriving: ['Just arrived', 'The products hear of it in a moment.'],
  trashed: ['In the trash', 'Not deleted until no product shows it.'],
  returning: ['In the trash', 'Saving this product takes it out again.'],
  missing: ['Missing', 'It was deleted for good. Take it off.'],
};

/** What is to be said of it; null if it simply hangs there. */
export function badge(standing) {
  const [label, meaning] = STANDINGS[standing] ?? [];
  return label ? el('span', { class: `badge ${standing === 'arriving' ? 'news' : 'warning'}` }, el('strong', {}, label), ` ${meaning}`) : null;
}
