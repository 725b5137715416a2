package dev.strangler.architecture.laws;

/**
 * One breach of a law.
 *
 * @param feature in whose file an exception would stand; {@value #UNASSIGNED} for code that belongs to none
 * @param key its identity: law, place, verb and table, a digest of what does it, and its number among equals. No line number and no wording
 *     is in it, so neither moving nor rewording changes it, and swapping one write for another does
 * @param message fact, rule and way out
 */
public record Finding(Law law, String feature, String key, String message) {

    /** The name for what is of no feature. */
    public static final String UNASSIGNED = "unassigned";

    /** The line that would excuse it, to be completed by a person. */
    public String line() {
        return key + " | who | YYYY-MM-DD | why";
    }
}
