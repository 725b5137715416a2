package dev.strangler.cli.rehearse;

import dev.strangler.cli.control.ControlApi;
import dev.strangler.cli.rehearse.Rehearsal.Wanted;
import dev.strangler.cli.terminal.CommandFailure;
import dev.strangler.cli.terminal.ExitCode;
import dev.strangler.cli.terminal.Terminal;
import dev.strangler.cli.up.Whole;
import dev.strangler.cli.workspace.Workspace;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Turns a wish into a rehearsal of what runs here, and keeps its certificate. */
public final class Rehearsing {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** A week. */
    private static final int MOST_MINUTES = 10_080;

    private final Workspace workspace;
    private final Whole whole;
    private final ControlApi control;
    private final Clock clock;
    private final Terminal terminal;

    /** @param whole what the rehearsal works on */
    public Rehearsing(Workspace workspace, Whole whole, ControlApi control, Clock clock, Terminal terminal) {
        this.workspace = workspace;
        this.whole = whole;
        this.control = control;
        this.clock = clock;
        this.terminal = terminal;
    }

    /**
     * What is wished for.
     *
     * @param feature by name
     * @param facades that clients talk to, 1 or 2; a kill of the second needs it
     * @param cycles forward and back without a fault, 0 to 1,000
     * @param kills handovers with a part killed, drawn from all kinds of them; 0 for none
     * @param isKillingAll whether instead every part is killed before and after every step, there and back
     * @param isResuming whether what earlier clean certificates of the same programs say is left out
     * @param minutes after which no further kill begins, 1 to 10,080
     * @param named kills to be carried out besides, such as {@code dam@after-open}
     * @param clients side by side, 1 to 256
     * @param writesPerSecond of all clients together, 1 to 10,000
     * @param seed of everything that is drawn
     */
    public record Wish(
            String feature,
            int facades,
            int cycles,
            int kills,
            boolean isKillingAll,
            boolean isResuming,
            int minutes,
            List<String> named,
            int clients,
            int writesPerSecond,
            long seed) {

        /** @throws CommandFailure with all that is wrong with it */
        public Wish {
            named = List.copyOf(named);
            var wrong = new ArrayList<String>();
            within(wrong, "--facades", facades, 1, 2);
            within(wrong, "--cycles", cycles, 0, 1_000);
            within(wrong, "--kills", kills, 0, Integer.MAX_VALUE);
            within(wrong, "--minutes", minutes, 1, MOST_MINUTES);
            within(wrong, "--clients", clients, 1, 256);
            within(wrong, "--writes-per-second", writesPerSecond, 1, 10_000);
            if (!wrong.isEmpty()) {
                throw new CommandFailure(ExitCode.USAGE, String.join(" ", wrong));
            }
        }

        private static void within(ArrayList<String> wrong, String name, int value, int least, int most) {
            if (value < least || value > most) {
                wrong.add(String.format(Locale.ROOT, "%s is %,d, allowed are %,d to %,d.", name, value, least, most));
            }
        }
    }

    /**
     * Rehearses, prints the certificate and keeps it beside the logs.
     *
     * @return whether the certificate is clean
     * @throws CommandFailure REFUSED when a gate stays closed, USAGE for a feature that can't be rehearsed
     */
    public boolean carryOut(Wish wish, boolean isJson) {
        var feature = feature(wish.feature());
        var kind = Aggregates.of(wish.feature());
        if (kind == null) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "'%s' can't be rehearsed: the load knows assets and products only.".formatted(wish.feature()));
        }
        var earlier = earlier(wish, feature);
        var kills = kills(wish, feature.service()).stream()
                .filter(kill -> !earlier.kills().contains(kill))
                .toList();
        if (wish.isResuming()) {
            terminal.note("%d kills were carried out in %d earlier rehearsals of the same programs; %d are left"
                    .formatted(earlier.kills().size(), earlier.certificates(), kills.size()));
        }
        var isSecondKilled = kills.stream().anyMatch(kill -> kill.victim().equals("facade-2"));
        var certificate = new Rehearsal(
                        new Wanted(
                                wish.feature(),
                                feature.digest(),
                                whole.programs(),
                                feature.topic(),
                                feature.service(),
                                wish.clients(),
                                wish.writesPerSecond(),
                                isSecondKilled ? 2 : wish.facades(),
                                wish.cycles(),
                                kills,
                                Duration.ofMinutes(wish.minutes()),
                                wish.seed()),
                        kind,
                        whole,
                        control,
                        clock,
                        terminal::note)
                .run();
        var json = new JsonMapper().writeValueAsString(certificate);
        var text = certificate.lines();
        keep(certificate, json, String.join(System.lineSeparator(), text));
        handIn(certificate, feature);
        sayWhatIsLeft(certificate, wish, earlier, kills.size());
        if (isJson) {
            terminal.line(json);
        } else {
            text.forEach(line -> terminal.line(Terminal.safe(line)));
        }
        if (!certificate.stopped().isEmpty()) {
            throw new CommandFailure(ExitCode.REFUSED, certificate.stopped());
        }
        return certificate.isClean();
    }

    /** Nothing unless asked for: a whole rehearsal is to stand for itself. */
    private EarlierCertificates.Sum earlier(Wish wish, Feature feature) {
        if (!wish.isResuming()) {
            return new EarlierCertificates.Sum(Set.of(), 0);
        }
        if (whole.programs().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Rehearsals of containers don't add up, as nobody knows whether they ran the same programs. Leave --resume out.");
        }
        return new EarlierCertificates(certificates())
                .of(wish.feature(), feature.digest(), whole.programs(), whole.victims(feature.service()));
    }

    private void sayWhatIsLeft(Certificate certificate, Wish wish, EarlierCertificates.Sum earlier, int wanted) {
        var left = wanted - certificate.faulty().size();
        if (left > 0) {
            terminal.note("%d of %d kills are left. Go on with the same command and --resume.".formatted(left, wanted));
        } else if (wish.isResuming() && certificate.isClean()) {
            terminal.note("With the %d certificates before, %d kills have been carried out: all that were wanted."
                    .formatted(
                            earlier.certificates(),
                            earlier.kills().size() + certificate.faulty().size()));
        }
    }

    private Path certificates() {
        return workspace.state().resolve("rehearsals");
    }

    private List<Kill> kills(Wish wish, String service) {
        var victims = whole.victims(service);
        var kills = new ArrayList<Kill>();
        wish.named().forEach(written -> kills.add(Kill.parse(written, victims)));
        var all = Kill.all(victims);
        kills.addAll(wish.isKillingAll() ? Kill.bothWays(all) : Kill.some(all, wish.kills(), wish.seed()));
        return kills;
    }

    /** So that a plan can point to it. What was found stands in the files, whether or not it arrives. */
    private void handIn(Certificate certificate, Feature feature) {
        try {
            control.post(
                    "/control/features/" + certificate.feature() + "/rehearsals",
                    Map.of(
                            "map", feature.digest(),
                            "at", certificate.at().toString(),
                            "handovers",
                                    certificate.quiet().size()
                                            + certificate.faulty().size(),
                            "faults", certificate.faulty().size(),
                            "violations", certificate.violations().size(),
                            "clean", certificate.isClean(),
                            "who", System.getProperty("user.name", "unknown")));
        } catch (CommandFailure away) {
            terminal.note("The façade could not be told of the certificate: " + away.getMessage());
        }
    }

    private Feature feature(String name) {
        return FeatureMap.load(workspace.featureMap()).features().stream()
                .filter(feature -> feature.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, "There is no feature '%s' in strangler.yml.".formatted(name)));
    }

    private void keep(Certificate certificate, String json, String text) {
        var folder = certificates();
        var name = certificate.feature() + "-" + STAMP.format(certificate.at());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".json"), json);
            Files.writeString(folder.resolve(name + ".txt"), text);
        } catch (IOException full) {
            throw new UncheckedIOException("Cannot keep the certificate in " + folder, full);
        }
        terminal.note("The certificate lies in " + folder.resolve(name + ".txt"));
    }
}
