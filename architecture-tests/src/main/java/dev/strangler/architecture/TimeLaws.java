package dev.strangler.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;

/** Laws about time: whatever needs it takes a {@link java.time.Clock}, so that a test can hold it still. */
public final class TimeLaws {

    private static final DescribedPredicate<JavaMethodCall> ASKS_THE_WALL_CLOCK = describe(
            "asks the wall clock",
            call -> isNowWithoutClock(call)
                    || isMethod(call, System.class.getName(), "currentTimeMillis")
                    || isMethod(call, java.util.Calendar.class.getName(), "getInstance"));

    private TimeLaws() {}

    /** No {@code Instant.now()} and its kin, no {@code System.currentTimeMillis()}. */
    public static ArchRule time_is_an_argument() {
        return noClasses()
                .should()
                .callMethodWhere(ASKS_THE_WALL_CLOCK)
                .because("code that asks the wall clock can't be tested at midnight;"
                        + " take a java.time.Clock in the constructor and call now(clock), or measure with nanoTime()");
    }

    private static boolean isNowWithoutClock(JavaMethodCall call) {
        return call.getTarget().getName().equals("now")
                && call.getTarget().getOwner().getPackageName().equals("java.time")
                && call.getTarget().getRawParameterTypes().isEmpty();
    }

    private static boolean isMethod(JavaMethodCall call, String owner, String name) {
        return call.getTarget().getOwner().getName().equals(owner)
                && call.getTarget().getName().equals(name);
    }
}
