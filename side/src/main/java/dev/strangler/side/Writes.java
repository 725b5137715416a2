package dev.strangler.side;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a controller, or on one of its methods: its commands write this feature. A request with a method that changes something
 * (other than GET, HEAD, OPTIONS and TRACE) is let in only while this side may write; reads pass always.
 *
 * <p>It spares work and gives a clear answer early; what keeps a write out for certain is the fence in the database.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Writes {

    /** The feature's name in the feature map, like {@code products}. */
    String value();
}
