package dev.strangler.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The text constants in a class file, by method: literals, and the fixed parts of concatenations in their order.
 *
 * @param method the method's name
 * @param text the constant; a hole in a concatenation reads as {@code ?}
 */
record StringConstants(String method, String text) {

    /** All of the class's constants. Refuses a class whose file can't be read, since silence would pass for innocence. */
    static List<StringConstants> of(JavaClass type) {
        var source = type.getSource()
                .orElseThrow(() -> new IllegalStateException(
                        "Class " + type.getName() + " was imported without its file, so its SQL can't be read."
                                + " Import it from a directory or a jar."));
        try (var file = source.getUri().toURL().openStream()) {
            var constants = new ArrayList<StringConstants>();
            new ClassReader(file).accept(new Collector(constants), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return constants;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Can't read " + source.getUri(), unreadable);
        }
    }

    private static final class Collector extends ClassVisitor {

        private final List<StringConstants> found;

        Collector(List<StringConstants> found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitLdcInsn(Object value) {
                    if (value instanceof String text) {
                        found.add(new StringConstants(name, text));
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String dynamicName, String dynamicDescriptor, Handle bootstrap, Object... arguments) {
                    if (bootstrap.getName().equals("makeConcatWithConstants")) {
                        found.add(new StringConstants(name, recipe(arguments)));
                    }
                }
            };
        }

        private static String recipe(Object... arguments) {
            var text = new StringBuilder();
            var constant = 1;
            for (var character : ((String) arguments[0]).toCharArray()) {
                if (character == '\u0001') {
                    text.append('?');
                } else if (character == '\u0002') {
                    var value = arguments[constant++];
                    text.append(value instanceof ConstantDynamic ? "?" : value);
                } else {
                    text.append(character);
                }
            }
            return text.toString();
        }
    }
}
