package dev.strangler.facade.control;

import java.util.List;

/** A list that can grow members beside it. */
public record Items<T>(List<T> items) {

    public Items {
        items = List.copyOf(items);
    }
}
