/** Spring Boot auto-configuration of the outbox; every bean yields to one of the application's own. */
@NullMarked
package dev.strangler.outbox.spring;

import org.jspecify.annotations.NullMarked;
