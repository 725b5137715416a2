/** How the commands' HTTP requests are sent. */
@NullMarked
package dev.strangler.cli.http;

import org.jspecify.annotations.NullMarked;
