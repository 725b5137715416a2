package dev.strangler.architecture.assess;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.CodeClass;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Side;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Into which parts the packages of a code base fall. */
public final class Contexts {

    /** What belongs to no part: set-up, tools, what all use. */
    public static final String SHARED = "shared";

    /** Names of packages that say what a class is made of and not what it is about. */
    private static final Set<String> LAYERS = Set.of(
            "adapter",
            "adapters",
            "admin",
            "api",
            "app",
            "application",
            "base",
            "beans",
            "business",
            "client",
            "common",
            "commons",
            "config",
            "configuration",
            "controller",
            "controllers",
            "core",
            "dao",
            "daos",
            "data",
            "db",
            "domain",
            "dto",
            "dtos",
            "entities",
            "entity",
            "event",
            "events",
            "exception",
            "exceptions",
            "facade",
            "framework",
            "helper",
            "helpers",
            "hibernate",
            "impl",
            "infra",
            "infrastructure",
            "internal",
            "jpa",
            "lib",
            "main",
            "mapper",
            "mappers",
            "model",
            "models",
            "module",
            "modules",
            "persistence",
            "port",
            "ports",
            "populator",
            "profile",
            "repositories",
            "repository",
            "resource",
            "resources",
            "rest",
            "server",
            "service",
            "services",
            "shared",
            "store",
            "support",
            "system",
            "util",
            "utils",
            "v1",
            "v2",
            "view",
            "web");

    /** Where Flyway looks for migrations in Java, which belong to no part by their package. */
    private static final String MIGRATIONS = "db.";

    private final Map<String, String> ofPackage;

    private Contexts(Map<String, String> ofPackage) {
        this.ofPackage = ofPackage;
    }

    /** Guessed: the first name below what all packages have in common that is no layer. */
    public static Contexts guessed(CodeBase code) {
        var packages = new TreeSet<String>();
        code.classes().stream()
                .map(CodeClass::packageName)
                .filter(name -> !name.startsWith(MIGRATIONS))
                .forEach(packages::add);
        int common = commonParts(packages);
        var contexts = new HashMap<String, String>();
        for (var name : packages) {
            var parts = name.split("\\.", -1);
            contexts.put(
                    name,
                    Arrays.stream(parts)
                            .skip(common)
                            .filter(part -> !LAYERS.contains(part))
                            .findFirst()
                            .orElse(SHARED));
        }
        return new Contexts(contexts);
    }

    /** As named: packages and all below them; everything else is shared. */
    public static Contexts named(CodeBase code, Map<String, List<String>> packagesByContext) {
        var bases = new HashMap<String, String>();
        packagesByContext.forEach((context, packages) -> packages.forEach(base -> bases.put(base, context)));
        var contexts = new HashMap<String, String>();
        code.classes().forEach(type -> contexts.computeIfAbsent(type.packageName(), name -> nearest(bases, name)));
        return new Contexts(contexts);
    }

    /** The features of a map, on the side of the monolith. */
    public static Contexts of(CodeBase code, FeatureMap map) {
        var named = new TreeMap<String, List<String>>();
        map.features()
                .forEach(feature -> named.put(feature.name().value(), List.copyOf(feature.packagesOn(Side.MONOLITH))));
        return named(code, named);
    }

    private static String nearest(Map<String, String> bases, String name) {
        return bases.entrySet().stream()
                .filter(base -> name.equals(base.getKey()) || name.startsWith(base.getKey() + "."))
                .max(Comparator.comparingInt(base -> base.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(SHARED);
    }

    private static int commonParts(Set<String> packages) {
        String[] common = null;
        int length = 0;
        for (var name : packages) {
            var parts = name.split("\\.", -1);
            if (common == null) {
                common = parts;
                length = parts.length;
            }
            int same = 0;
            while (same < Math.min(length, parts.length) && parts[same].equals(common[same])) {
                same++;
            }
            length = same;
        }
        return length;
    }

    /** The part that a package belongs to. */
    public String of(String packageName) {
        return ofPackage.getOrDefault(packageName, SHARED);
    }

    /** The part after which a directory of the path is called. */
    String ofPath(String path) {
        var directories = List.of(path.split("/", -1));
        return names().stream()
                .filter(name -> directories.indexOf(name) >= 0 && directories.indexOf(name) < directories.size() - 1)
                .findFirst()
                .orElse(SHARED);
    }

    /** The packages of a part, those left out that lie below another one of the same part. */
    public List<String> packages(String context) {
        var all = ofPackage.entrySet().stream()
                .filter(entry -> entry.getValue().equals(context))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return all.stream()
                .filter(name -> all.stream().noneMatch(other -> name.startsWith(other + ".")))
                .toList();
    }

    /** All parts but the shared one, by name. */
    public List<String> names() {
        return ofPackage.values().stream()
                .filter(name -> !name.equals(SHARED))
                .distinct()
                .sorted()
                .toList();
    }
}
