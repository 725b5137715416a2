package dev.strangler.architecture.assess;

import dev.strangler.architecture.assess.HiddenWriters.Hidden;
import java.util.List;
import java.util.Map;

/**
 * What a code base writes, by its parts. All lists are in the order in which they are to be read.
 *
 * @param classes how many were read
 * @param seconds how long reading and judging took
 * @param contexts the order in which they could leave, easiest first
 * @param tables contested ones first
 * @param unreadable places that may write what can't be told
 * @param cycles parts that need each other, directly or through others, as {@code a ⇄ b ⇄ c}
 * @param sharedMethods methods that write tables of several parts, or begin a transaction that does: such a transaction can't survive their parting
 * @param hidden what the database writes by itself; where none was asked, what scripts say that its foreign keys do
 * @param looked how many places each detector looked at
 */
public record Assessment(
        int classes,
        double seconds,
        List<Context> contexts,
        List<Table> tables,
        List<Doubt> unreadable,
        List<String> cycles,
        List<SharedMethod> sharedMethods,
        List<Hidden> hidden,
        Map<String, Integer> looked) {

    /**
     * One part.
     *
     * @param packages its base packages
     * @param tables that it owns, as far as can be guessed
     * @param aggregates the mapped classes that it owns
     * @param paths the HTTP paths that its classes serve
     * @param effort how much stands in the way of its leaving; 0 is nothing, and only the order counts
     * @param inTheWay what that is, each as a sentence
     */
    public record Context(
            String name,
            int classes,
            List<String> packages,
            List<String> tables,
            List<String> aggregates,
            List<String> paths,
            int effort,
            List<String> inTheWay) {}

    /**
     * One table.
     *
     * @param owner the part that maps it, or else the one that writes it most
     * @param writers by part, what it does
     */
    public record Table(String name, String owner, Map<String, Cell> writers) {

        /** Whether several parts write it; what no part has to itself does not count. */
        public boolean isContested() {
            return writers.keySet().stream()
                            .filter(context -> !context.equals(Contexts.SHARED))
                            .count()
                    > 1;
        }
    }

    /**
     * What one part does to one table.
     *
     * @param writes how many places write it
     * @param channels on which ways, each with its number
     * @param examples some of the places
     */
    public record Cell(int writes, Map<String, Integer> channels, List<String> examples) {}

    /** One unreadable place. */
    public record Doubt(String context, String place, String what, String reason) {}

    /** One method with the tables that it writes, and the parts that own these. */
    public record SharedMethod(String place, List<String> tables, List<String> contexts) {}

    /** The contested tables. */
    public List<Table> contested() {
        return tables.stream().filter(Table::isContested).toList();
    }
}
