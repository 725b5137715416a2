package dev.strangler.facade.moving;

/** There is nothing that the verb could apply to; nothing was changed. */
public final class NothingToDo extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NothingToDo(String message) {
        super(message);
    }
}
