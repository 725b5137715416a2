package dev.strangler.media.uploads;

import dev.strangler.side.refusals.Mistakes;
import java.util.Arrays;
import java.util.Set;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * The parts of an upload: exactly one {@code file}, and {@code tags}, repeated or separated by commas.
 */
public record UploadForm(MultipartFile file, FileName name, Tags tags) {

    private static final Set<String> KNOWN = Set.of("tags");

    /** @throws dev.strangler.side.refusals.Refusal INVALID with every mistake, or with what is wrong with the name */
    public static UploadForm of(MultipartHttpServletRequest request) {
        var mistakes = new Mistakes();
        var files = request.getMultiFileMap();
        files.keySet().stream()
                .filter(name -> !name.equals("file"))
                .forEach(name -> mistakes.unless(false, shown(name), "is no file part; the only one is 'file'"));
        request.getParameterMap().keySet().stream()
                .filter(name -> !KNOWN.contains(name) && !name.equals("file"))
                .forEach(name -> mistakes.unless(false, shown(name), "is not known here; known are file, tags"));
        var given = request.getFiles("file");
        mistakes.unless(
                given.size() == 1,
                "file",
                "was sent %d times as a part with a file name, must be once".formatted(given.size()));
        mistakes.refuse();
        String[] words = request.getParameterValues("tags");
        var tags = Tags.of(
                words == null
                        ? Set.of()
                        : Arrays.stream(words)
                                .flatMap(word -> Arrays.stream(word.split(",")))
                                .toList());
        var file = given.get(0);
        return new UploadForm(file, FileName.of(file.getOriginalFilename()), tags);
    }

    /** A name from outside, short and plain enough for an answer. */
    private static String shown(String name) {
        return PlainText.isPlain(name) && name.length() <= 50
                ? name
                : "(a name of %d characters)".formatted(name.length());
    }
}
