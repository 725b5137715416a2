/** What all of the shop's HTTP shares: problem documents, strict JSON, commands and lists. */
@NullMarked
package dev.strangler.monolith.web;

import org.jspecify.annotations.NullMarked;
