package dev.strangler.sandbox;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/** For a test class that kills a part which all classes of the JVM share, or changes its settings: no other class with infrastructure runs meanwhile. */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithInfrastructure
@ResourceLock(WithInfrastructure.LOCK)
public @interface BreaksInfrastructure {}
