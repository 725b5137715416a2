/** What all HTTP of this service shares: problem documents, lists, and who answered. */
@NullMarked
package dev.strangler.pim.web;

import org.jspecify.annotations.NullMarked;
