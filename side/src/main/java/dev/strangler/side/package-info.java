/** How a deployable stands to the features that it shares with the other side: who may write, and how a refusal is told. */
@NullMarked
package dev.strangler.side;

import org.jspecify.annotations.NullMarked;
