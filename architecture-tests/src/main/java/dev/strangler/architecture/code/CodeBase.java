package dev.strangler.architecture.code;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The classes and resources of one deployable. Holds at least one class. */
public final class CodeBase {

    private final SortedMap<String, CodeClass> classes;
    private final SortedMap<String, byte[]> resources;

    private volatile @Nullable Map<String, List<CodeClass>> mentioning;

    private CodeBase(Map<String, CodeClass> classes, Map<String, byte[]> resources) {
        this.classes = new TreeMap<>(classes);
        this.resources = new TreeMap<>(resources);
    }

    /**
     * Reads a jar (Spring Boot's fat ones too, with those inner jars that hold packages of the application), a directory of
     * classes, or a Maven project whose modules are compiled.
     *
     * @throws IllegalArgumentException if nothing is there, or no class in it
     * @throws java.io.UncheckedIOException if it can't be read
     */
    public static CodeBase read(Path place) {
        if (!Files.exists(place)) {
            throw new IllegalArgumentException("There is nothing at " + place
                    + ". Name a jar, a directory of classes, or a compiled" + " Maven project.");
        }
        var reading = new ReadingCodeBase(List.of());
        reading.readAny(place);
        return filled(reading, place.toString());
    }

    /**
     * Reads those classes of this JVM's class path that lie in the packages or below them, and the resources of the places where
     * they were found.
     *
     * @throws IllegalArgumentException if none is found, since every law would then pass
     */
    public static CodeBase ofPackages(String... basePackages) {
        var reading = new ReadingCodeBase(Arrays.stream(basePackages)
                .map(name -> name.replace('.', '/') + "/")
                .toList());
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var place = Path.of(entry);
            if (!entry.isBlank() && Files.exists(place)) {
                reading.readPart(place);
            }
        }
        return filled(reading, "the packages " + String.join(", ", basePackages) + " of the class path");
    }

    private static CodeBase filled(ReadingCodeBase reading, String where) {
        if (reading.classes().isEmpty()) {
            throw new IllegalArgumentException("No class was found in " + where
                    + ", so every law would pass. Compile the code first, or correct the name.");
        }
        return new CodeBase(reading.classes(), reading.resources());
    }

    /** All classes, by name. */
    public Collection<CodeClass> classes() {
        return Collections.unmodifiableCollection(classes.values());
    }

    /** The class of that internal name, null if it is not of this code base. */
    public @Nullable CodeClass find(@Nullable String internalName) {
        return internalName == null ? null : classes.get(internalName);
    }

    /** The classes whose code mentions that one, by internal name. */
    public List<CodeClass> mentioning(String internalName) {
        var known = mentioning;
        if (known == null) {
            var found = new HashMap<String, List<CodeClass>>();
            classes.values()
                    .forEach(type -> type.mentions().stream()
                            .filter(classes::containsKey)
                            .forEach(mentioned -> found.computeIfAbsent(mentioned, unknown -> new ArrayList<>())
                                    .add(type)));
            mentioning = found;
            known = found;
        }
        return known.getOrDefault(internalName, List.of());
    }

    /** Resources that may hold mappings, statements or settings: path to content. */
    public SortedMap<String, byte[]> resources() {
        return Collections.unmodifiableSortedMap(resources);
    }
}
