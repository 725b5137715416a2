package dev.strangler.sandbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test class an {@link Infrastructure} wherever it asks for one as a parameter. Such classes may run side by side in one JVM; one that
 * kills a part says {@link BreaksInfrastructure}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InfrastructureExtension.class)
@ResourceLock(value = WithInfrastructure.LOCK, mode = ResourceAccessMode.READ)
public @interface WithInfrastructure {

    /** The name of the lock that all classes share and that one which kills a part holds alone. */
    String LOCK = "dev.strangler.sandbox.infrastructure";
}
