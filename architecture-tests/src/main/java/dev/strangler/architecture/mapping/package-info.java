/** Which class stands for which tables, and what storing it writes besides: object-relational mappings, read from class files. */
@NullMarked
package dev.strangler.architecture.mapping;

import org.jspecify.annotations.NullMarked;
