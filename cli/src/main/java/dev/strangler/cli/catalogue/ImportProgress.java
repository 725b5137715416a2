package dev.strangler.cli.catalogue;

/** Is told how an import gets on, from several threads at once. */
public interface ImportProgress {

    /** The import begins. */
    void begin(int products, int images);

    /** One more picture is settled, one way or the other. */
    void imageDone();

    /** One more product is settled, one way or the other. */
    void productDone(String name);

    /** The import is over, done or not. */
    void end();
}
