// What is dropped on the panel: files are sent, folders are not.

import { alarm } from './notices.js';
import { takeFiles } from './uploads.js';

/** Whether files are being dragged, not pictures of a product or marked text. */
export function holdsFiles(transfer) {
  return transfer?.types.includes('Files') ?? false;
}

/** Takes its files in. A browser hands over a folder as if it were a file, and fails to read it each time that it is sent. */
export function takeDropped(transfer, tags = []) {
  const items = [...transfer.items].filter(item => item.kind === 'file')
    .map(item => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry?.() }));
  const folders = items.filter(one => one.entry?.isDirectory).map(one => `“${one.entry.name}”`);
  const files = items.filter(one => one.file && !one.entry?.isDirectory).map(one => one.file);
  if (folders.length > 0) {
    alarm(`Folders are not taken in: ${folders.join(', ')}. Drop the pictures that are in them.`);
  }
  if (files.length > 0) {
    takeFiles(files, tags);
  }
}
