package dev.strangler.facade.data;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings {@code facade.data.*}.
 *
 * @param proofAge after which a proof no longer counts
 * @param traceEvery how often a marker is sent in each direction of each feature
 * @param traceLimit how long one is waited for
 * @param behind events that the other side may have to apply still, before a backfill holds back
 * @param retained log that the owner may keep for its relay, before a backfill holds back
 * @param settle how long a comparison looks again at rows under way
 * @param statement longest statement in a side's database
 */
@ConfigurationProperties("facade.data")
public record DataProperties(
        @DefaultValue("24h") Duration proofAge,
        @DefaultValue("5s") Duration traceEvery,
        @DefaultValue("10s") Duration traceLimit,
        @DefaultValue("20000") long behind,
        @DefaultValue("512MB") DataSize retained,
        @DefaultValue("30s") Duration settle,
        @DefaultValue("5m") Duration statement) {}
