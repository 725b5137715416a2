package dev.strangler.architecture.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call, or reference to a method that somebody else will call.
 *
 * @param in the method that contains it
 * @param place where that is for people
 * @param owner the type that the call names, by internal name; of a reference the type of the captured receiver where it is known
 * @param receiver what is called; null for static methods
 * @param arguments what is passed; of a reference, values of the types that it will be called with
 * @param isReference whether it is a method reference
 */
public record Call(
        MethodId in,
        Place place,
        String owner,
        String name,
        String descriptor,
        @Nullable Known receiver,
        List<Known> arguments,
        boolean isReference) {

    /** Copies its list. */
    public Call {
        arguments = List.copyOf(arguments);
    }

    /** The method that it names. */
    public MethodId target() {
        return new MethodId(owner, name, descriptor);
    }
}
