package dev.strangler.architecture.code;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Collects class files and resources from directories and jars. */
final class ReadingCodeBase {

    private static final List<String> APPLICATION = List.of("BOOT-INF/classes/", "WEB-INF/classes/");
    private static final List<String> LIBRARIES = List.of("BOOT-INF/lib/", "WEB-INF/lib/");
    private static final List<String> TELLING = List.of(".sql", ".xml", ".yml", ".yaml", ".json", ".properties");
    /** A class file or script beyond this is no program text but data; a dump of seeds is not read to its end. */
    private static final int LARGEST_RESOURCE = 16 << 20;

    private final List<String> wanted;
    private final Map<String, CodeClass> classes = new LinkedHashMap<>();
    private final Map<String, byte[]> resources = new LinkedHashMap<>();

    /** @param wanted prefixes of the class names to read; none means all */
    ReadingCodeBase(List<String> wanted) {
        this.wanted = wanted;
    }

    Map<String, CodeClass> classes() {
        return classes;
    }

    Map<String, byte[]> resources() {
        return resources;
    }

    void readAny(Path place) {
        if (Files.isDirectory(place) && Files.exists(place.resolve("pom.xml"))) {
            compiledModules(place).forEach(this::readDirectory);
        } else {
            readPart(place);
        }
    }

    /** Reads one place of a class path; its resources count only if it holds a wanted class. */
    void readPart(Path place) {
        if (Files.isDirectory(place)) {
            var classesBefore = new LinkedHashMap<>(classes);
            var resourcesBefore = new HashMap<>(resources);
            readDirectory(place);
            if (classes.keySet().stream()
                    .noneMatch(name -> isWanted(name + ".class") && !classesBefore.containsKey(name))) {
                classes.clear();
                classes.putAll(classesBefore);
                resources.clear();
                resources.putAll(resourcesBefore);
            }
        } else if (place.toString().endsWith(".jar") || place.toString().endsWith(".war")) {
            readJar(place);
        }
    }

    private static List<Path> compiledModules(Path project) {
        try (var files = Files.walk(project, 6)) {
            return files.filter(path -> path.endsWith(Path.of("target", "classes")) && Files.isDirectory(path))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Can't look through " + project, unreadable);
        }
    }

    private void readDirectory(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                var name = directory.relativize(file).toString().replace('\\', '/');
                if (isWorthReading(name)) {
                    take(name, Files.readAllBytes(file));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Can't read " + directory, unreadable);
        }
    }

    private void readJar(Path jar) {
        var inner = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipFile(jar.toFile())) {
            // Of most jars of a class path the list of names is all that is read.
            if (zip.stream().anyMatch(entry -> isWanted(unprefixed(entry.getName())))) {
                for (var entry : Collections.list(zip.entries())) {
                    readEntry(entry, most -> zip.getInputStream(entry).readNBytes(most), inner);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Can't read " + jar, unreadable);
        }
        var own = basePackages();
        inner.forEach((name, bytes) -> readInner(name, bytes, own));
    }

    private void readEntry(ZipEntry entry, Content content, Map<String, byte[]> inner) throws IOException {
        var name = entry.getName();
        if (LIBRARIES.stream().anyMatch(name::startsWith) && name.endsWith(".jar")) {
            inner.put(name, content.read(Integer.MAX_VALUE));
        } else if (!entry.isDirectory() && isWorthReading(unprefixed(name))) {
            take(unprefixed(name), content.read(LARGEST_RESOURCE));
        }
    }

    /** Modules of the same application lie as jars inside its fat jar: those that share its base packages. */
    private void readInner(String name, byte[] jar, Set<String> own) {
        try {
            if (holdsAny(new ByteArrayInputStream(jar), own)) {
                try (var zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
                    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                        readEntry(entry, zip::readNBytes, new HashMap<>());
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Can't read the inner jar " + name, unreadable);
        }
    }

    private static boolean holdsAny(InputStream jar, Set<String> packages) throws IOException {
        try (var zip = new ZipInputStream(jar)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".class") && packages.contains(basePackage(entry.getName()))) {
                    return true;
                }
            }
            return false;
        }
    }

    private Set<String> basePackages() {
        var bases = new HashSet<String>();
        classes.keySet().forEach(name -> bases.add(basePackage(name)));
        bases.remove("");
        bases.remove("org/springframework");
        return bases;
    }

    /** The first two names of a package: as a rule an organisation. */
    private static String basePackage(String name) {
        int first = name.indexOf('/');
        int second = first < 0 ? -1 : name.indexOf('/', first + 1);
        return second < 0 ? "" : name.substring(0, second);
    }

    private static String unprefixed(String name) {
        return APPLICATION.stream()
                .filter(name::startsWith)
                .map(prefix -> name.substring(prefix.length()))
                .findFirst()
                .orElse(name);
    }

    private boolean isWorthReading(String name) {
        return isWanted(name) || isMigration(name) || TELLING.stream().anyMatch(name::endsWith);
    }

    /** Migrations in Java lie where Flyway looks for them, whatever the application's packages are. */
    private static boolean isMigration(String name) {
        return name.startsWith("db/") && name.endsWith(".class");
    }

    private void take(String name, byte[] bytes) {
        if (name.endsWith(".class")) {
            var type = CodeClass.read(bytes);
            // Multi-release variants come later in a jar and say the same for another Java.
            classes.putIfAbsent(type.name(), type);
        } else {
            resources.put(name, bytes);
        }
    }

    private boolean isWanted(String name) {
        return name.endsWith(".class")
                && !name.endsWith("module-info.class")
                && !name.startsWith("org/springframework/boot/loader/")
                && !name.startsWith("META-INF/")
                && (wanted.isEmpty() || wanted.stream().anyMatch(name::startsWith));
    }

    /** What an entry holds, up to a number of bytes. */
    private interface Content {
        byte[] read(int most) throws IOException;
    }
}
