/** The published events of the example: records, topic names and JSON Schemas. */
@NullMarked
package dev.strangler.contracts;

import org.jspecify.annotations.NullMarked;
