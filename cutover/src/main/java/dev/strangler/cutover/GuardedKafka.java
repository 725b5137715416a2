package dev.strangler.cutover;

import dev.strangler.cutover.OwnedDatabase.Role;
import dev.strangler.outbox.relay.GuardedListener;

/**
 * Where writers of topics say who they are, and who gives rights there. Every connector comes under the name and password of the role with which it
 * reads its database.
 *
 * @param listener where
 * @param administrator who makes topics and gives rights to them
 */
public record GuardedKafka(GuardedListener listener, Role administrator) {}
