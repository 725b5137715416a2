package dev.strangler.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Finds SQL texts in class files that write a table of a foreign feature. */
final class WriteOwnTablesBySql extends ArchCondition<JavaClass> {

    private final TableOwners owners;

    WriteOwnTablesBySql(TableOwners owners) {
        super("write only tables of their own feature by SQL");
        this.owners = owners;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (var constant : StringConstants.of(type)) {
            for (var write : SqlWrite.in(constant.text())) {
                owners.ofTable(write.table())
                        .ifPresent(owner -> events.add(new SimpleConditionEvent(
                                type,
                                owners.belongs(type, owner),
                                "%s.%s writes table %s (%s), which feature %s owns on the side of the %s"
                                        .formatted(
                                                type.getName(),
                                                constant.method(),
                                                write.table(),
                                                write.verb(),
                                                owner.name(),
                                                owners.side()))));
            }
        }
    }
}
