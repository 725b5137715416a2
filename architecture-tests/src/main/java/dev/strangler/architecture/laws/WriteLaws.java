package dev.strangler.architecture.laws;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.writes.Channel;
import dev.strangler.architecture.writes.Writes;
import dev.strangler.cutover.FeatureMap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;

/**
 * The laws of the single writer for one deployable: every write that its code can make is judged by the feature map and by where each
 * feature stands.
 *
 * <pre>{@code
 * WriteLaws.forMonolith(FeatureMap.load(Path.of("strangler.yml")))
 *         .judge("com.example.shop")
 *         .excusing(Exceptions.in(Path.of("exceptions"), Clock.systemUTC()), 0)
 *         .check();
 * }</pre>
 */
public final class WriteLaws {

    private final Owners owners;
    private final Map<Channel, Integer> floors = new EnumMap<>(Channel.class);

    private WriteLaws(Owners owners) {
        this.owners = owners;
    }

    /** The laws for the monolith. A feature whose list of tables there is empty counts as sealed. */
    public static WriteLaws forMonolith(FeatureMap map) {
        return new WriteLaws(Owners.ofMonolith(map));
    }

    /**
     * The laws for a service.
     *
     * @throws IllegalArgumentException if it owns no feature, since nothing would be judged
     */
    public static WriteLaws forService(FeatureMap map, String service) {
        return new WriteLaws(Owners.ofService(map, service));
    }

    /**
     * Judges by a state that the map does not say.
     *
     * @throws IllegalArgumentException if the map has no such feature
     */
    public WriteLaws where(String feature, State state) {
        owners.stands(feature, state);
        return this;
    }

    /** A detector that looks at fewer places than this is a breach: a renamed method must not silence it. */
    public WriteLaws atLeast(int places, Channel channel) {
        floors.put(channel, places);
        return this;
    }

    /**
     * Judges what the classes of this JVM's class path write that lie in the packages or below them.
     *
     * @throws IllegalArgumentException if there is none, since every law would then pass
     */
    public Judgement judge(String... basePackages) {
        return judge(Writes.of(CodeBase.ofPackages(basePackages)));
    }

    /** Judges everything that the code base writes. */
    public Judgement judge(Writes writes) {
        var findings = new Findings();
        new JudgingWrites(owners, writes, findings).judge();
        new JudgingPublications(owners, writes, findings).judge();
        new JudgingTables(owners, writes, findings).judge();
        new JudgingSettings(writes, findings).judge();
        floors.forEach((channel, floor) -> {
            if (writes.matched(channel) < floor) {
                findings.add(
                        Law.W20,
                        Finding.UNASSIGNED,
                        "floor " + channel,
                        "",
                        "Of writes by %s %d places were looked at, at least %d were expected. %s Lower the floor only if so much code is gone."
                                .formatted(channel.told(), writes.matched(channel), floor, Law.W20.why()));
            }
        });
        return new Judgement(new ArrayList<>(findings.numbered()));
    }
}
