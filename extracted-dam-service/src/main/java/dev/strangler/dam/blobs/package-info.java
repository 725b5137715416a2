/** Bytes by their digest, in a folder that nobody serves, and their copying from where they were first. Knows nothing of pictures. */
@NullMarked
package dev.strangler.dam.blobs;

import org.jspecify.annotations.NullMarked;
