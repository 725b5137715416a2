/** What the façade does for the data of the features: copies it, compares it, and tests the streams that keep it alike. */
@NullMarked
package dev.strangler.facade.data;

import org.jspecify.annotations.NullMarked;
