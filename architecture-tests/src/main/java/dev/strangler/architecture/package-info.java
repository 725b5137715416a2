/** Laws that keep a strangled monolith honest: a library of ArchUnit rules. */
@NullMarked
package dev.strangler.architecture;

import org.jspecify.annotations.NullMarked;
