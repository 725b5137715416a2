package dev.strangler.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Laws about null: it is absent unless written. */
public final class NullnessLaws {

    private NullnessLaws() {}

    /** Every package says {@code @NullMarked} in its {@code package-info.java}; without it the compiler checks nothing. */
    public static ArchRule every_package_is_null_marked() {
        return classes()
                .should(new ArchCondition<>("live in a null-marked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        var marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                        events.add(new SimpleConditionEvent(
                                type,
                                marked,
                                "package %s of %s is not null-marked"
                                        .formatted(type.getPackageName(), type.getName())));
                    }
                })
                .because("the null check of the compiler skips unmarked packages;"
                        + " add a package-info.java with @NullMarked and one sentence of purpose");
    }
}
