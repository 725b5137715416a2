package dev.strangler.side.search;

/**
 * What a text must contain to be found, whatever the case. The same on both sides: the query stripped, every character
 * of it meant literally.
 *
 * @param pattern for {@code ilike :pattern escape '\'}
 */
public record Containing(String pattern) {

    /** What the query asks for; a blank one matches every text. */
    public static Containing query(String query) {
        String literal = query.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return new Containing("%" + literal + "%");
    }
}
