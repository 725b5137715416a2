/** What a running database says of itself: its tables, what writes them by itself, who may write them, and how it reads statements. */
@NullMarked
package dev.strangler.architecture.database;

import org.jspecify.annotations.NullMarked;
