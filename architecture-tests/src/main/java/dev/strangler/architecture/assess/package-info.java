/** A first look at a monolith without a map: which part writes which table, and which could leave first. */
@NullMarked
package dev.strangler.architecture.assess;

import org.jspecify.annotations.NullMarked;
