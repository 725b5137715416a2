/** The assets as this service knows them: {@link Assets} to read, {@link AssetCopies} for the intake to write. */
@NullMarked
package dev.strangler.dam.assets;

import org.jspecify.annotations.NullMarked;
