package dev.strangler.cli.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds the images of a catalogue, and nothing outside of its directory: an import must not be a way to read a machine. */
final class ImageFiles {

    private final Path directory;

    ImageFiles(Path directory) {
        this.directory = directory;
    }

    /** The file that {@code Image Src} names, relative to the catalogue. Follows links only where they stay inside. */
    Path find(String source) throws RefusedImage {
        if (source.matches("(?i)[a-z][a-z0-9+.-]*:.*") || source.startsWith("//")) {
            throw new RefusedImage("the Image Src '" + source
                    + "' is a URL; an import opens no network connections. Download the image beside products.csv"
                    + " and name the file.");
        }
        try {
            var root = directory.toRealPath();
            var named = root.resolve(source);
            if (!named.normalize().startsWith(root)) {
                throw outside(source);
            }
            if (!Files.isRegularFile(named)) {
                throw new RefusedImage("the Image Src '" + source + "' names no file. Images are looked up relative to"
                        + " products.csv.");
            }
            var real = named.toRealPath();
            if (!real.startsWith(root)) {
                throw outside(source);
            }
            return real;
        } catch (InvalidPathException | IOException e) {
            throw new RefusedImage("the Image Src '" + source + "' cannot be opened: " + e.getMessage());
        }
    }

    private static RefusedImage outside(String source) {
        return new RefusedImage("the Image Src '" + source
                + "' leads out of the catalogue's directory, where nothing is read. Put the image inside.");
    }
}
