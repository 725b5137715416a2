package dev.strangler.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Laws about rooms: which packages may know which. Packages are given without dots at the end, sub-packages included. */
public final class RoomLaws {

    private RoomLaws() {}

    /**
     * No deployable imports another: they meet in published events and over HTTP only.
     *
     * @param deployables the base packages of the deployables, at least two
     */
    public static ArchRule deployables_do_not_import_each_other(String... deployables) {
        if (deployables.length < 2) {
            throw new IllegalArgumentException("Needs at least two deployables to keep apart, got %d. Name their base"
                            .formatted(deployables.length)
                    + " packages.");
        }
        List<ArchRule> rules = new ArrayList<>();
        for (var deployable : deployables) {
            var others = Arrays.stream(deployables)
                    .filter(other -> !other.equals(deployable))
                    .map(RoomLaws::tree)
                    .toArray(String[]::new);
            rules.add(noClasses()
                    .that()
                    .resideInAPackage(tree(deployable))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because("a deployable that imports another can't be deployed without it;"
                            + " move what both need into the contracts, or ask over HTTP"));
        }
        return CompositeArchRule.of(rules);
    }

    /**
     * The room knows none of the others.
     *
     * @param room the base package that is kept ignorant
     * @param reason why, and where the code belongs instead
     * @param others the base packages it may not depend on, at least one
     */
    public static ArchRule room_does_not_know(String room, String reason, String... others) {
        if (others.length == 0) {
            throw new IllegalArgumentException(
                    "The law for room " + room + " forbids nothing. Name at least one package.");
        }
        return noClasses()
                .that()
                .resideInAPackage(tree(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Arrays.stream(others).map(RoomLaws::tree).toArray(String[]::new))
                .because(reason);
    }

    /**
     * Types of a technology are used in the named rooms only.
     *
     * @param technology its base package, such as {@code org.apache.kafka}
     * @param reason why, and what to use instead
     * @param rooms the base packages that may use it; none means nobody may
     */
    public static ArchRule technology_stays_in(String technology, String reason, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        Arrays.stream(rooms).map(RoomLaws::tree).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(tree(technology))
                .because(reason);
    }

    private static String tree(String basePackage) {
        return basePackage + "..";
    }
}
