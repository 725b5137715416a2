/** Takes a stranger's upload in: its parts, its words, its file, each checked before anything is kept. */
@NullMarked
package dev.strangler.media.uploads;

import org.jspecify.annotations.NullMarked;
