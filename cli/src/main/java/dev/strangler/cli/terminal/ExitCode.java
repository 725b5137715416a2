package dev.strangler.cli.terminal;

/** How a command ended, as a number that scripts may rely on. */
public enum ExitCode {
    /** Everything asked for is done. */
    DONE(0),
    /** Something asked for was not done; the message says what. Nothing is left in doubt. */
    FAILED(1),
    /** The command line or an argument makes no sense; nothing was tried. */
    USAGE(2),
    /** A gate said no: the request was understood and turned down by a rule. */
    REFUSED(3),
    /** The other end does not answer; nothing was changed. */
    UNREACHABLE(4),
    /** The request was sent and no answer came back: it may or may not have been carried out. */
    UNKNOWN(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The number that the process ends with. */
    public int number() {
        return number;
    }
}
