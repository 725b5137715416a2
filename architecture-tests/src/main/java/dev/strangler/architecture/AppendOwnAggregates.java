package dev.strangler.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Finds classes that make outbox events of a foreign feature's aggregate. The type is a text constant in the method that makes the event; a
 * method that makes one without naming a type of the map can't be judged, and is a finding too.
 */
final class AppendOwnAggregates extends ArchCondition<JavaClass> {

    static final String EVENT = "dev.strangler.outbox.OutboxEvent";

    private final TableOwners owners;

    AppendOwnAggregates(TableOwners owners) {
        super("append only events of their own feature's aggregates");
        this.owners = owners;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        type.getCodeUnits().stream()
                .filter(AppendOwnAggregates::makesEvents)
                .forEach(unit -> judge(type, unit, events));
    }

    private void judge(JavaClass type, JavaCodeUnit unit, ConditionEvents events) {
        var aggregates = StringConstants.of(type).stream()
                .filter(constant -> constant.method().equals(unit.getName()))
                .flatMap(constant -> owners.ofAggregate(constant.text()).stream())
                .toList();
        if (aggregates.isEmpty()) {
            events.add(SimpleConditionEvent.violated(
                    type,
                    "%s makes an outbox event, but names no aggregate type of the map as a constant, so its topic can't be judged"
                            .formatted(unit.getFullName())));
        }
        aggregates.forEach(owner -> events.add(new SimpleConditionEvent(
                type,
                owners.belongs(type, owner),
                "%s makes an event of feature %s without belonging to it"
                        .formatted(unit.getFullName(), owner.name()))));
    }

    private static boolean makesEvents(JavaCodeUnit unit) {
        return unit.getConstructorCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().getName().equals(EVENT));
    }
}
