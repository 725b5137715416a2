package dev.strangler.contracts;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says in words what a change to the schemas breaks. Published versions are frozen by their digests, and a newer version
 * must take every document that an earlier one took, as far as examples and their {@linkplain Variants variants} show it.
 */
final class SchemaHistory {

    private static final Pattern SCHEMA = Pattern.compile("(.+/)(\\w+)\\.v(\\d+)\\.schema\\.json");
    private static final Pattern EXAMPLE = Pattern.compile("(.+/)(\\w+)\\.v(\\d+)\\.example-\\d+\\.json");
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Map<String, String> files;
    private final Map<String, String> frozen = new TreeMap<>();
    private final SchemaFolder folder;
    private final List<String> breaks = new ArrayList<>();

    /**
     * @param files texts by path, like {@code assets.v1/AssetUploaded.v1.schema.json}
     * @param frozen lines of digest and path, as {@code sha256sum} writes them
     */
    SchemaHistory(Map<String, String> files, String frozen) {
        this.files = new TreeMap<>(files);
        this.folder = new SchemaFolder(files::get);
        frozen.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] words = line.split("\\s+", 2);
            this.frozen.put(words[1], words[0]);
        });
    }

    /** Every break, each a sentence for the person who made the change; empty if nothing broke. */
    List<String> breaks() {
        breaks.clear();
        checkDigests();
        files.keySet().forEach(this::checkCompleteness);
        files.keySet().forEach(this::checkExample);
        return List.copyOf(breaks);
    }

    /** The lines that would freeze everything as it is. */
    String freeze() {
        return files.keySet().stream().map(this::line).collect(joining("\n", "", "\n"));
    }

    private void checkDigests() {
        frozen.forEach((path, digest) -> {
            if (!files.containsKey(path)) {
                breaks.add(label(path) + " is gone, though it is published. Put " + path
                        + " back: old events still exist.");
            } else if (!digest(path).equals(digest)) {
                breaks.add(label(path) + " was changed after it was published (" + path
                        + "). Undo that, and put the change into the next version.");
            }
        });
        files.keySet().stream()
                .filter(path -> !frozen.containsKey(path))
                .forEach(path -> breaks.add(label(path)
                        + " is not frozen yet. Once it is as it shall stay, add this line to frozen.sha256: "
                        + line(path)));
    }

    private void checkCompleteness(String path) {
        Matcher schema = SCHEMA.matcher(path);
        if (!schema.matches()) {
            return;
        }
        int version = Integer.parseInt(schema.group(3));
        String stem = schema.group(1) + schema.group(2) + ".v";
        if (version > 1 && !files.containsKey(stem + (version - 1) + ".schema.json")) {
            breaks.add(label(path) + " has no version " + (version - 1) + " before it. Number versions without gaps.");
        }
        // A state is no event: its examples are those of the events that carry it.
        boolean isEvent = !schema.group(2).endsWith("State");
        if (isEvent && files.keySet().stream().noneMatch(file -> file.startsWith(stem + version + ".example-"))) {
            breaks.add(label(path) + " has no example. Add " + stem + version
                    + ".example-1.json, so that later versions can be tried on it.");
        }
    }

    private void checkExample(String path) {
        Matcher example = EXAMPLE.matcher(path);
        if (!example.matches()) {
            return;
        }
        String stem = example.group(1) + example.group(2) + ".v";
        int version = Integer.parseInt(example.group(3));
        var document = SchemaFolder.parse(files.get(path));
        String own = stem + version + ".schema.json";
        if (!files.containsKey(own)) {
            breaks.add("The example " + path + " belongs to no schema. Add " + own + " or remove it.");
            return;
        }
        var misfits = folder.misfits(own, document);
        if (!misfits.isEmpty()) {
            breaks.add(label(own) + " does not accept its own example " + name(path) + ": " + changes(misfits));
            return;
        }
        for (String later : laterThan(stem, version)) {
            checkReads(later, path, version, own);
        }
    }

    private void checkReads(String later, String path, int version, String own) {
        var document = SchemaFolder.parse(files.get(path));
        var misfits = folder.misfits(later, document);
        if (!misfits.isEmpty()) {
            breaks.add(label(later) + " no longer accepts v" + version + " example " + name(path) + ": "
                    + changes(misfits));
            return;
        }
        var said = new TreeSet<String>();
        for (var variant : Variants.of(document)) {
            if (folder.misfits(own, variant.document()).isEmpty()) {
                var variantMisfits = folder.misfits(later, variant.document());
                if (!variantMisfits.isEmpty()) {
                    said.add(label(later) + " no longer accepts v" + version + " example " + name(path) + " "
                            + variant.change() + ", which v" + version + " accepts: " + changes(variantMisfits));
                }
            }
        }
        breaks.addAll(said);
    }

    private List<String> laterThan(String stem, int version) {
        return files.keySet().stream()
                .filter(file -> file.startsWith(stem) && SCHEMA.matcher(file).matches())
                .filter(file ->
                        Integer.parseInt(file.substring(stem.length(), file.indexOf('.', stem.length()))) > version)
                .toList();
    }

    private static String changes(List<Misfit> misfits) {
        return misfits.stream().map(Misfit::asChange).collect(joining("; "));
    }

    private String line(String path) {
        return digest(path) + "  " + path;
    }

    /** Over the content, not the layout: reformatting is no change. */
    private String digest(String path) {
        try {
            var content = CANONICAL.convertValue(SchemaFolder.parse(files.get(path)), Object.class);
            byte[] bytes = CANONICAL.writeValueAsString(content).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String label(String path) {
        Matcher schema = SCHEMA.matcher(path);
        return schema.matches() ? schema.group(2) + " v" + schema.group(3) : name(path);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
