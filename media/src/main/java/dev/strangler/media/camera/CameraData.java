package dev.strangler.media.camera;

import java.util.List;

/**
 * What a camera has written into a picture, in words. Fields and groups come in the order of the file, so that everybody who reads the same bytes
 * tells the same.
 */
public record CameraData(List<Group> groups) {

    /** Of a picture that carries none, or none that makes sense. */
    public static final CameraData NONE = new CameraData(List.of());

    public CameraData {
        groups = List.copyOf(groups);
    }

    /** What belongs together, such as all that tells the place. */
    public record Group(String name, List<Field> fields) {

        public Group {
            fields = List.copyOf(fields);
        }
    }

    /** One fact, with its unit: {@code Exposure Time}, {@code 1/250 sec}. */
    public record Field(String name, String value) {}
}
