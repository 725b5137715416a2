/** The laws of the single writer, judged on facts by the feature map; the findings, and the exceptions that die. */
@NullMarked
package dev.strangler.architecture.laws;

import org.jspecify.annotations.NullMarked;
