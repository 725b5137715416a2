package dev.strangler.architecture.code;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;

/** The annotations of a class or member, asked for by the end of their name, so that {@code javax} and {@code jakarta} read alike. */
public final class Annotations {

    private static final Annotations NONE = new Annotations(List.of());

    private final List<AnnotationNode> nodes;

    private Annotations(List<AnnotationNode> nodes) {
        this.nodes = nodes;
    }

    static Annotations of(@Nullable List<AnnotationNode> visible, @Nullable List<AnnotationNode> invisible) {
        return visible == null && invisible == null ? NONE : new Annotations(CodeClass.together(visible, invisible));
    }

    /** Whether one of that name is there: as written in a class file without package, such as {@code persistence/Entity}. */
    public boolean have(String nameEnd) {
        return find(nameEnd).isPresent();
    }

    /** The first annotation whose name ends so. */
    public Optional<One> find(String nameEnd) {
        return all(nameEnd).findFirst();
    }

    /** All annotations of that name, those in a container ({@code Entities} for {@code Entity}, or {@code X$List}) included. */
    public Stream<One> all(String nameEnd) {
        return nodes.stream().flatMap(node -> {
            if (named(node, nameEnd)) {
                return Stream.of(new One(node));
            }
            return new One(node).nested("value").filter(one -> named(one.node, nameEnd));
        });
    }

    private static boolean named(AnnotationNode node, String nameEnd) {
        // Asked for every annotation of every member: no new text for it.
        int begin = node.desc.length() - nameEnd.length() - 1;
        return begin > 0 && node.desc.charAt(begin - 1) == '/' && node.desc.startsWith(nameEnd, begin);
    }

    /** One annotation with its values. */
    public static final class One {

        private final AnnotationNode node;

        private One(AnnotationNode node) {
            this.node = node;
        }

        /** Its type by internal name. */
        public String type() {
            return node.desc.substring(1, node.desc.length() - 1);
        }

        /** A text value; empty if it is left at its default. */
        public String text(String key) {
            return value(key) instanceof String text ? text : "";
        }

        /** Text values; a single one counts as a list of one. */
        public List<String> texts(String key) {
            var value = value(key);
            if (value instanceof List<?> list) {
                return list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            }
            return value instanceof String text ? List.of(text) : List.of();
        }

        /** A boolean value; false if it is left at its default. */
        public boolean isTrue(String key) {
            return Boolean.TRUE.equals(value(key));
        }

        /** A class value by internal name, null if it is left at its default. */
        public @Nullable String type(String key) {
            return value(key) instanceof Type type && type.getSort() == Type.OBJECT ? type.getInternalName() : null;
        }

        /** Names of enum constants; a single one counts as a list of one. */
        public List<String> constants(String key) {
            var value = value(key);
            var list = value instanceof List<?> many ? many : value == null ? List.of() : List.of(value);
            return list.stream()
                    .filter(String[].class::isInstance)
                    .map(constant -> ((String[]) constant)[1])
                    .toList();
        }

        /** Annotations inside this one. */
        public Stream<One> nested(String key) {
            var value = value(key);
            var list = value instanceof List<?> many ? many : value == null ? List.of() : List.of(value);
            return list.stream().filter(AnnotationNode.class::isInstance).map(inner -> new One((AnnotationNode) inner));
        }

        private @Nullable Object value(String key) {
            if (node.values != null) {
                for (int i = 0; i + 1 < node.values.size(); i += 2) {
                    if (node.values.get(i).equals(key)) {
                        return node.values.get(i + 1);
                    }
                }
            }
            return null;
        }
    }
}
