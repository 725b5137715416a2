package dev.strangler.architecture.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;

/** Type arguments, read from the signatures that compilers leave in class files. */
public final class Generics {

    private final CodeBase code;

    /** Resolves against the signatures of a code base. */
    public Generics(CodeBase code) {
        this.code = code;
    }

    /**
     * With what a type fills the first type parameter of a supertype: {@code Order} for {@code Orders extends CrudRepository<Order, Long>},
     * also through generic types in between.
     *
     * @param supertype says which supertype is meant
     * @return an internal name; null if there is no such supertype or its parameter stays open
     */
    public @Nullable String firstArgument(String type, Predicate<String> supertype) {
        return argument(type, List.of(), supertype, 0);
    }

    private @Nullable String argument(
            String type, List<@Nullable String> filled, Predicate<String> supertype, int depth) {
        if (supertype.test(type)) {
            return filled.isEmpty() ? null : filled.get(0);
        }
        var read = code.find(type);
        if (read == null || depth > 12) {
            return null;
        }
        var shape = Shape.of(read);
        for (var parent : shape.parents) {
            var names = new HashMap<String, @Nullable String>();
            for (int i = 0; i < shape.parameters.size(); i++) {
                names.put(shape.parameters.get(i), i < filled.size() ? filled.get(i) : shape.bounds.get(i));
            }
            var arguments = new ArrayList<@Nullable String>();
            parent.arguments.forEach(
                    argument -> arguments.add(argument.startsWith("T:") ? names.get(argument.substring(2)) : argument));
            var found = argument(parent.name, arguments, supertype, depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The classes named as type arguments of a field or return type, in their order: {@code Image} of {@code List<Image>}. */
    public static List<String> arguments(@Nullable String signature) {
        if (signature == null) {
            return List.of();
        }
        var use = new Use();
        // A method's signature is read for what it returns.
        int end = signature.lastIndexOf(')');
        new SignatureReader(end < 0 ? signature : signature.substring(end + 1)).acceptType(use);
        return use.arguments.stream()
                .filter(argument -> !argument.startsWith("T:"))
                .toList();
    }

    /** A type with its arguments; type variables read as {@code T:name}. */
    private static class Use extends SignatureVisitor {

        private String name = "java/lang/Object";
        private final List<String> arguments = new ArrayList<>();

        Use() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitClassType(String internalName) {
            name = internalName;
        }

        @Override
        public void visitInnerClassType(String inner) {
            name = name + "$" + inner;
        }

        @Override
        public void visitTypeVariable(String variable) {
            name = "T:" + variable;
        }

        @Override
        public void visitTypeArgument() {
            arguments.add("java/lang/Object");
        }

        @Override
        public SignatureVisitor visitTypeArgument(char wildcard) {
            int at = arguments.size();
            arguments.add("java/lang/Object");
            return new Use() {
                @Override
                public void visitClassType(String internalName) {
                    super.visitClassType(internalName);
                    outer().set(at, internalName);
                }

                @Override
                public void visitInnerClassType(String inner) {
                    outer().set(at, outer().get(at) + "$" + inner);
                }

                @Override
                public void visitTypeVariable(String variable) {
                    outer().set(at, "T:" + variable);
                }

                @Override
                public SignatureVisitor visitArrayType() {
                    return new Use();
                }

                private List<String> outer() {
                    return Use.this.arguments;
                }
            };
        }

        @Override
        public SignatureVisitor visitArrayType() {
            return new Use();
        }
    }

    /** The head of a class: its type parameters with their bounds, its parents with their arguments. */
    private static final class Shape extends SignatureVisitor {

        private final List<String> parameters = new ArrayList<>();
        private final List<@Nullable String> bounds = new ArrayList<>();
        private final List<Use> parents = new ArrayList<>();

        private Shape() {
            super(Opcodes.ASM9);
        }

        static Shape of(CodeClass type) {
            var shape = new Shape();
            var signature = type.signature();
            if (signature != null) {
                new SignatureReader(signature).accept(shape);
            } else {
                type.parents().forEach(parent -> {
                    var use = new Use();
                    use.visitClassType(parent);
                    shape.parents.add(use);
                });
            }
            return shape;
        }

        @Override
        public void visitFormalTypeParameter(String name) {
            parameters.add(name);
            bounds.add(null);
        }

        @Override
        public SignatureVisitor visitClassBound() {
            int at = bounds.size() - 1;
            return new Use() {
                @Override
                public void visitClassType(String internalName) {
                    bounds.set(at, internalName.equals(Type.getInternalName(Object.class)) ? null : internalName);
                }
            };
        }

        @Override
        public SignatureVisitor visitInterfaceBound() {
            return new Use();
        }

        @Override
        public SignatureVisitor visitSuperclass() {
            return parent();
        }

        @Override
        public SignatureVisitor visitInterface() {
            return parent();
        }

        private SignatureVisitor parent() {
            var use = new Use();
            parents.add(use);
            return use;
        }
    }
}
