// The shop's public HTTP API. Who answers, the monolith or a service, makes no difference here; cookies see to it that what was saved is read.

import { FOR_READS, FOR_WRITES, patiently, Refused } from './patience.js';
import { waiting } from './notices.js';

const ANSWER_LIMIT = 40_000;

/** A key under which a command is done once, however often it is sent. Also where the page comes without TLS. */
export function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), octet => octet.toString(16).padStart(2, '0')).join('');
}

/** What the path tells; waits for a shop that is away for a moment. */
export function read(path, { signal } = {}) {
  return patiently(() => ask(path, { headers: { Accept: 'application/json' } }, signal), { patience: FOR_READS, signal });
}

/**
 * Sends a command until it is answered. The key stays the same at every attempt, so that it is done once.
 *
 * @param what for people: what is being saved
 * @param version the version that is to be changed; any if left out
 */
export function write(method, path, body, { what, version, key = freshKey(), signal } = {}) {
  const headers = { Accept: 'application/json', 'Idempotency-Key': key };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (version !== undefined) {
    headers['If-Match'] = `"${version}"`;
  }
  const request = { method, headers, body: body === undefined ? undefined : written(body) };
  const told = waiting(what);
  return patiently(() => ask(path, request, signal), { patience: FOR_WRITES, told, signal });
}

async function ask(path, request, signal) {
  const limits = [AbortSignal.timeout(ANSWER_LIMIT), ...(signal ? [signal] : [])];
  let response;
  let text;
  try {
    response = await fetch(path, { ...request, signal: AbortSignal.any(limits) });
    text = await response.text();
  } catch (unanswered) {
    throw new Refused(0, {}, 0);
  }
  return judged(response.status, text, response.headers.get('Retry-After'));
}

/** The answer's content, or what speaks against it. */
export function judged(status, text, retryAfter) {
  if (status >= 200 && status < 300) {
    return text === '' ? null : understood(text);
  }
  let problem = {};
  try {
    problem = JSON.parse(text) ?? {};
  } catch (noProblemDocument) {
    // Somebody in between has answered; the status says enough.
  }
  throw new Refused(status, problem, Number(retryAfter) || 0);
}

/** What is no JSON was not said by the shop, such as the page of a network that wants somebody to log in first: nobody has answered. */
function understood(text) {
  try {
    return JSON.parse(text, digits);
  } catch (notTheShops) {
    throw new Refused(0, {}, 0);
  }
}

/** An amount keeps its digits, 12.50 stays 12.50, where the browser tells them. */
function digits(key, value, context) {
  return key === 'amount' && context?.source ? context.source : value;
}

/** As JSON, an amount in text as the number that it is. Inside of texts quotation marks are escaped, so nothing else is met. */
function written(content) {
  return JSON.stringify(content).replace(/"amount":"([0-9]+(?:\.[0-9]+)?)"/, '"amount":$1');
}

const asset = id => `/api/assets/${encodeURIComponent(id)}`;
const product = sku => `/api/products/${encodeURIComponent(sku)}`;

function list(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value !== undefined));
  return `${path}?${query}`;
}

export const pictures = {
  list: (parameters, options) => read(list('/api/assets', parameters), options),
  find: (id, options) => read(asset(id), options),
  metadata: (id, options) => read(`${asset(id)}/metadata`, options),
  thumbnail: id => `${asset(id)}/thumbnail`,
  content: id => `${asset(id)}/content`,
  trash: one => write('POST', `${asset(one.id)}/trash`, undefined, { what: one.fileName }),
  untrash: one => write('POST', `${asset(one.id)}/untrash`, undefined, { what: one.fileName }),
  tag: (one, tags, key) => write('PUT', `${asset(one.id)}/tags`, { tags }, { what: one.fileName, version: one.version, key }),
};

export const products = {
  list: (parameters, options) => read(list('/api/products', parameters), options),
  find: (sku, options) => read(product(sku), options),
  attachable: (parameters, options) => read(list('/api/products/attachable-images', parameters), options),
  showing: (id, options) => read(list('/api/products', { image: id, size: 100 }), options),
  create: (content, key) => write('POST', '/api/products', content, { what: content.sku, key }),
  change: (sku, version, content, key) => write('PUT', `${product(sku)}/details`, content, { what: sku, version, key }),
};
