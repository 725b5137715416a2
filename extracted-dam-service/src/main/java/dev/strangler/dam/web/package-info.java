/** What all HTTP of this service shares: problem documents, lists, and who answered. */
@NullMarked
package dev.strangler.dam.web;

import org.jspecify.annotations.NullMarked;
