package dev.strangler.architecture.code;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** One class file: its shape at hand, the code of its methods on request, since that of thousands of classes would not fit into memory. */
public final class CodeClass {

    private static final int CLASS_ENTRY = 7;

    private final byte[] file;
    private final ClassNode shape;

    private CodeClass(byte[] file, ClassNode shape) {
        this.file = file;
        this.shape = shape;
    }

    /**
     * Reads one class file.
     *
     * @throws IllegalArgumentException if it is newer than this library can read
     */
    static CodeClass read(byte[] file) {
        var shape = new ClassNode();
        new ClassReader(file).accept(shape, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return new CodeClass(file, shape);
    }

    /** Its internal name, with slashes. */
    public String name() {
        return shape.name;
    }

    /** Its name as Java source says it; nested classes keep their dollar sign. */
    public String javaName() {
        return shape.name.replace('/', '.');
    }

    /** Its package, with dots; empty for the unnamed one. */
    public String packageName() {
        int end = shape.name.lastIndexOf('/');
        return end < 0 ? "" : shape.name.substring(0, end).replace('/', '.');
    }

    /** Its superclass by internal name; null only for {@code java.lang.Object} and modules. */
    public @Nullable String superName() {
        return shape.superName;
    }

    /** Its interfaces by internal name. */
    public List<String> interfaces() {
        return shape.interfaces;
    }

    /** Superclass and interfaces. */
    public Stream<String> parents() {
        return Stream.concat(Stream.ofNullable(shape.superName), shape.interfaces.stream());
    }

    /** Its generic signature as the compiler left it, null where there is nothing generic. */
    public @Nullable String signature() {
        return shape.signature;
    }

    /** Whether it is an interface. */
    public boolean isInterface() {
        return (shape.access & Opcodes.ACC_INTERFACE) != 0;
    }

    /** Its fields, in the order of the file. */
    public List<FieldNode> fields() {
        return shape.fields;
    }

    /** Its methods without code, in the order of the file. */
    public List<MethodNode> methods() {
        return shape.methods;
    }

    /** Its methods with code and line numbers; read anew at each call. */
    public List<MethodNode> methodsWithCode() {
        var whole = new ClassNode();
        new ClassReader(file).accept(whole, ClassReader.SKIP_FRAMES);
        return whole.methods;
    }

    /** The classes that its code mentions, by internal name; itself and arrays left out. */
    public Set<String> mentions() {
        var reader = new ClassReader(file);
        var buffer = new char[reader.getMaxStringLength()];
        var mentioned = new TreeSet<String>();
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            // Long and double entries take two places, the second of which is empty.
            if (at > 0 && reader.readByte(at - 1) == CLASS_ENTRY) {
                var name = reader.readUTF8(at, buffer);
                if (name != null && !name.startsWith("[") && !name.equals(shape.name)) {
                    mentioned.add(name);
                }
            }
        }
        return mentioned;
    }

    /** The method's shape, if this very class declares it. */
    public @Nullable MethodNode method(String name, String descriptor) {
        return shape.methods.stream()
                .filter(method -> method.name.equals(name) && method.desc.equals(descriptor))
                .findFirst()
                .orElse(null);
    }

    /** Its annotations. */
    public Annotations annotations() {
        return Annotations.of(shape.visibleAnnotations, shape.invisibleAnnotations);
    }

    /** The annotations of one of its fields. */
    public static Annotations annotations(FieldNode field) {
        return Annotations.of(field.visibleAnnotations, field.invisibleAnnotations);
    }

    /** The annotations of one of its methods. */
    public static Annotations annotations(MethodNode method) {
        return Annotations.of(method.visibleAnnotations, method.invisibleAnnotations);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CodeClass that && that.shape.name.equals(shape.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape.name);
    }

    @Override
    public String toString() {
        return javaName();
    }

    /** Both lists of a member, either of which the reader leaves null when it is empty. */
    static List<AnnotationNode> together(@Nullable List<AnnotationNode> one, @Nullable List<AnnotationNode> other) {
        return Stream.of(
                        Objects.requireNonNullElse(one, List.<AnnotationNode>of()),
                        Objects.requireNonNullElse(other, List.<AnnotationNode>of()))
                .flatMap(List::stream)
                .toList();
    }
}
