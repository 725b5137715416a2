package dev.strangler.cutover;

import java.util.List;

/** A feature map that can't be used. Says every mistake at once, each with its place, what is allowed, and the way out. */
public final class WrongFeatureMap extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    WrongFeatureMap(String where, List<String> mistakes) {
        super("%s can't be used, %d %s:%n%s"
                .formatted(
                        where,
                        mistakes.size(),
                        mistakes.size() == 1 ? "mistake" : "mistakes",
                        String.join(
                                System.lineSeparator(),
                                mistakes.stream().map("- "::concat).toList())));
        this.mistakes = List.copyOf(mistakes);
    }

    /** One sentence per mistake, in the order of the file. */
    public List<String> mistakes() {
        return mistakes;
    }
}
