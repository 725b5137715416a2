/** Assets over HTTP: the monolith's reads with the monolith's answers, from this service's own copy. */
@NullMarked
package dev.strangler.dam.assets.web;

import org.jspecify.annotations.NullMarked;
