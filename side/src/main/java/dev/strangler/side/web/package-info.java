/** What all HTTP of both sides shares, so that a client cannot tell them apart: problem documents, strict JSON, commands and lists. */
@NullMarked
package dev.strangler.side.web;

import org.jspecify.annotations.NullMarked;
