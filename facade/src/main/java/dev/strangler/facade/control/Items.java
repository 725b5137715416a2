package dev.strangler.facade.control;

import java.util.List;

/** A list that can grow members beside it. */
record Items<T>(List<T> items) {

    Items {
        items = List.copyOf(items);
    }
}
