package dev.strangler.cutover;

/**
 * A way past a fence.
 *
 * @param table where; as the side's database calls it
 * @param problem what is wrong and the statement that mends it
 */
public record FenceHole(String table, String problem) {

    @Override
    public String toString() {
        return "Table " + table + " " + problem;
    }
}
