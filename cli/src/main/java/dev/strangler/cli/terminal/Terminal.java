package dev.strangler.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Results go to standard output, everything on the way there to standard error, so that {@code --json} can be piped.
 *
 * <p>Text that came from elsewhere (a catalogue, a server) goes through {@link #safe(String)} first: it must not be able
 * to move the cursor or recolour the screen.
 */
public final class Terminal {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean colour;
    private final boolean live;

    /**
     * @param colour whether standard output may be coloured
     * @param live whether standard error is a screen on which a line may be rewritten
     */
    public Terminal(PrintWriter out, PrintWriter err, boolean colour, boolean live) {
        this.out = out;
        this.err = err;
        this.colour = colour;
        this.live = live;
    }

    /**
     * The terminal of this process. The launcher says through {@code STRANGLER_TTY} which of the two streams are
     * screens ({@code out}, {@code err}, {@code out,err}), since Java cannot ask for each; {@code NO_COLOR} turns colours off.
     */
    public static Terminal of(Map<String, String> environment) {
        var screens = environment.getOrDefault("STRANGLER_TTY", "");
        var mayColour = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                mayColour && screens.contains("out"),
                mayColour && screens.contains("err"));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }

    /** Whether a line on standard error may be rewritten. */
    public boolean isLive() {
        return live;
    }

    /** Whether standard output may be coloured. */
    public boolean hasColour() {
        return colour;
    }

    /** A line of the result. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /** A piece of the result that brings its own line ends. */
    public void text(String text) {
        out.print(text);
        out.flush();
    }

    /** A line about what is going on; not part of the result. */
    public void note(String text) {
        err.println(text);
        err.flush();
    }

    /** Text for standard error that stays on its line. */
    public void part(String text) {
        err.print(text);
        err.flush();
    }

    /** Columns as wide as their widest cell, the last one open ended. Cells are made {@link #safe(String)} here. */
    public void table(List<String> heads, List<List<String>> rows) {
        var widths = new int[heads.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = heads.get(column).length();
            for (var row : rows) {
                widths[column] = Math.max(widths[column], safe(row.get(column)).length());
            }
        }
        line(strong(row(heads, widths)));
        rows.forEach(cells -> line(row(cells, widths)));
    }

    private static String row(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            var cell = safe(cells.get(column));
            line.append(cell);
            if (column < widths.length - 1) {
                line.append(" ".repeat(widths[column] - cell.length() + 2));
            }
        }
        return line.toString().stripTrailing();
    }

    /** Emphasised, where colours are allowed. */
    public String strong(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    /** Control characters replaced, so that foreign text stays text. */
    public static String safe(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> safe.appendCodePoint(
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT
                                ? '\ufffd'
                                : point));
        return safe.toString();
    }
}
