/** Starts an inbox for every handler of a Spring Boot application, measures it and reports its health. */
@NullMarked
package dev.strangler.inbox.spring;

import org.jspecify.annotations.NullMarked;
