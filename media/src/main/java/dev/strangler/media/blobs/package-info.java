/** Bytes by their digest, in a folder that nobody serves. Knows nothing of pictures. */
@NullMarked
package dev.strangler.media.blobs;

import org.jspecify.annotations.NullMarked;
