// A product's way into the shop: until it is answered, and, with a picture that has just arrived, until the products have heard of that.

import { waiting } from './notices.js';
import { patiently, Refused } from './patience.js';
import { pictures, products } from './shop.js';

const UNTIL_KNOWN = 60_000;

/**
 * The product as it was saved.
 *
 * @param sku null for a new one
 */
export function saved(sku, version, { content, key }) {
  const attempt = async () => {
    try {
      return await (sku === null ? products.create(content, key) : products.change(sku, version, content, key));
    } catch (failure) {
      const refused = (content.imageIds ?? []).filter(id => failure.message.includes(id));
      throw failure.status === 422 && await areOnTheirWay(refused) ? new Arriving() : failure;
    }
  };
  return patiently(attempt, { patience: UNTIL_KNOWN, told: waiting(sku ?? content.sku) });
}

/** The pictures are in the shop, so it is only the news of them that the products lack. */
async function areOnTheirWay(ids) {
  try {
    await Promise.all(ids.map(id => pictures.find(id)));
    return ids.length > 0;
  } catch (missing) {
    return false;
  }
}

/** Not yet known: the refusal is not remembered, so the same command with the same key is right in a moment. */
class Arriving extends Refused {
  constructor() {
    super(503, { detail: 'The products have not heard of a picture yet. Save again in a moment.' }, 1);
  }
}
