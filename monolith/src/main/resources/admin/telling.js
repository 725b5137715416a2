// How things are told: in the reader's own language where numbers and times are concerned, always with their unit.

const SIZES = ['bytes', 'kB', 'MB', 'GB'];

export function size(bytes) {
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < SIZES.length - 1) {
    value /= 1000;
    step += 1;
  }
  return `${value.toLocaleString(undefined, { maximumFractionDigits: step === 0 ? 0 : 1 })} ${SIZES[step]}`;
}

/** The same moment here and in UTC. */
export function moment(instant) {
  const time = new Date(instant);
  return `${time.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })} (${time.toISOString().slice(0, 16).replace('T', ' ')} UTC)`;
}

export function day(instant) {
  return new Date(instant).toLocaleDateString(undefined, { dateStyle: 'medium' });
}

/** An amount with its currency. The digits are the shop's own, as many as it has. */
export function price({ amount, currency }) {
  const digits = String(amount).split('.')[1]?.length ?? 0;
  return `${Number(amount).toLocaleString(undefined, { minimumFractionDigits: Math.max(digits, 2), maximumFractionDigits: 4 })} ${currency}`;
}

export function counted(number, one, many = `${one}s`) {
  return `${number.toLocaleString()} ${number === 1 ? one : many}`;
}

const KINDS = { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/gif': 'GIF', 'image/webp': 'WebP' };

export function kind(contentType) {
  return KINDS[contentType] ?? contentType;
}
