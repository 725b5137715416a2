package dev.strangler.architecture.flow;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in a code base.
 *
 * @param type the class by its Java name, null for a resource
 * @param member the method or field; the path for a resource
 * @param line in the source, 0 if not known; for people only, no identity rests on it
 */
public record Place(@Nullable String type, String member, int line) {

    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

    /** In a method; what stands in a lambda counts to the method around it. */
    static Place inMethod(String internalName, String method, int line) {
        var lambda = LAMBDA.matcher(method);
        var name = lambda.matches() ? lambda.group(1) : method;
        return new Place(
                internalName.replace('/', '.'), name.equals("new") || name.equals("static") ? "<init>" : name, line);
    }

    /** At a member of a class, such as a mapped attribute. */
    public static Place at(String internalName, String member) {
        return new Place(internalName.replace('/', '.'), member, 0);
    }

    /** In a resource. */
    public static Place in(String path) {
        return new Place(null, path, 0);
    }

    /** Its package, null for a resource. */
    public @Nullable String packageName() {
        return type == null ? null : type.contains(".") ? type.substring(0, type.lastIndexOf('.')) : "";
    }

    /** As a person says it: simple class name and member, or the path. */
    public String told() {
        return type == null ? member : type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + member;
    }

    /** As an identity: full class name and member, or the path. */
    public String key() {
        return type == null ? member : type + "." + member;
    }
}
