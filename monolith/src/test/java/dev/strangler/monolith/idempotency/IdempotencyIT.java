package dev.strangler.monolith.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.strangler.monolith.Browser;
import dev.strangler.monolith.RunningMonolith;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A command with a key takes effect once, and every repetition gets the answer of that one time. */
class IdempotencyIT extends RunningMonolith {

    @Autowired
    private PlatformTransactionManager transactions;

    private final String key = UUID.randomUUID().toString();
    private final String sku = "KEY-" + key.substring(0, 8);
    private final String creation =
            "{\"sku\": \"%s\", \"name\": \"n\", \"price\": {\"amount\": 1.50, \"currency\": \"EUR\"}}".formatted(sku);

    @Test
    void a_repeated_request_gets_the_same_answer_and_does_nothing_twice() {
        var first = create(creation).is(201);

        var second = create(creation).is(201);

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        for (String header : List.of("Content-Type", "ETag", "Location", "X-Served-By", "X-Strangler-Written")) {
            assertThat(second.response().headers().allValues(header))
                    .as(header)
                    .isNotEmpty()
                    .isEqualTo(first.response().headers().allValues(header));
        }
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void changes_and_detachments_are_replayed_as_well() {
        create(creation).is(201);
        var path = "/api/products/" + sku;
        var image = asset();
        browser()
                .post(path + "/images", "{\"assetId\": \"%s\"}".formatted(image))
                .is(200);

        var first = browser()
                .delete(path + "/images/" + image, "Idempotency-Key", key + "-2")
                .is(200);
        var second = browser()
                .delete(path + "/images/" + image, "Idempotency-Key", key + "-2")
                .is(200);
        var put = browser()
                .put(path + "/tags", "{\"tags\": [\"a\"]}", "Idempotency-Key", key + "-3", "If-Match", "\"3\"");
        var putAgain = browser()
                .put(path + "/tags", "{\"tags\": [\"a\"]}", "Idempotency-Key", key + "-3", "If-Match", "\"3\"");

        assertThat(second.text()).isEqualTo(first.text());
        // The version has moved on, but the answer is the one of the first time, not a 412.
        assertThat(putAgain.is(200).text()).isEqualTo(put.is(200).text());
        assertThat(events()).isEqualTo(4);
    }

    @Test
    void a_key_used_for_another_request_is_refused() {
        create(creation).is(201);

        create(creation.replace("1.50", "1.51")).isProblem(422);
        create(creation + " ").isProblem(422);
        browser()
                .put("/api/products/" + sku + "/tags", "{\"tags\": []}", "Idempotency-Key", key)
                .isProblem(422);
        browser()
                .post("/api/products", creation, "Idempotency-Key", key, "If-Match", "\"1\"")
                .isProblem(422);

        assertThat(events()).isEqualTo(1);
    }

    @Test
    void of_many_requests_at_once_one_works_and_all_get_its_answer() {
        var answers = IntStream.range(0, 12)
                .mapToObj(i -> browser().postLater("/api/products", creation, "Idempotency-Key", key))
                .toList()
                .stream()
                .map(answer -> answer.join().is(201))
                .toList();

        assertThat(answers)
                .extracting(Browser.Answer::text)
                .containsOnly(answers.get(0).text());
        assertThat(answers)
                .filteredOn(answer -> answer.header("Idempotency-Replayed").isEmpty())
                .hasSize(1);
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void while_the_first_request_is_at_work_a_second_one_waits_bounded_and_may_come_again() {
        var transaction = new TransactionTemplate(transactions);
        var refused = transaction.execute(status -> {
            database.sql("insert into strangler.idempotency_key (feature, key, operation, fingerprint, status)"
                            + " values ('products', ?, 'at work', 'x', 200)")
                    .param(key)
                    .update();
            return create(creation).isProblem(409);
        });

        assertThat(refused.header("Retry-After")).isEqualTo("1");
        // The transaction above committed with another fingerprint, as if it had been another request.
        create(creation).isProblem(422);
    }

    @Test
    void a_second_request_works_itself_when_the_first_one_failed() {
        var transaction = new TransactionTemplate(transactions);
        var second = transaction.execute(status -> {
            database.sql("insert into strangler.idempotency_key (feature, key, operation, fingerprint)"
                            + " values ('products', ?, 'dies', 'x')")
                    .param(key)
                    .update();
            var waiting = browser().postLater("/api/products", creation, "Idempotency-Key", key);
            await().atMost(Duration.ofSeconds(5)).until(this::somebodyWaitsForALock);
            status.setRollbackOnly();
            return waiting;
        });

        assertThat(second.join().is(201).header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void a_refused_request_leaves_its_key_free() {
        create(creation.replace("EUR", "euro")).isProblem(400);
        browser()
                .post(
                        "/api/products/" + sku + "/images",
                        "{\"assetId\": \"%s\"}".formatted(asset()),
                        "Idempotency-Key",
                        key)
                .isProblem(404);

        create(creation).is(201);
    }

    @Test
    void what_is_rolled_back_leaves_neither_row_nor_event_nor_key() {
        var unknown = UUID.randomUUID();
        browser()
                .post(
                        "/api/products",
                        creation.replace("\"name\"", "\"imageIds\": [\"%s\"], \"name\"".formatted(unknown)),
                        "Idempotency-Key",
                        key)
                .isProblem(422);

        assertThat(count("select count(*) from product where sku = ?", sku)).isZero();
        assertThat(count("select count(*) from strangler.outbox where payload like '%' || ? || '%'", sku))
                .isZero();
        assertThat(count("select count(*) from strangler.idempotency_key where key = ?", key))
                .isZero();
    }

    @Test
    void a_key_that_is_none_is_refused() {
        for (String wrong : List.of("a b", "x".repeat(201))) {
            browser()
                    .post("/api/products", creation, "Idempotency-Key", wrong)
                    .isProblem(400)
                    .names("Idempotency-Key");
        }
    }

    private Browser.Answer create(String json) {
        return browser().post("/api/products", json, "Idempotency-Key", key);
    }

    private boolean somebodyWaitsForALock() {
        return database.sql("select count(*) from pg_stat_activity"
                                + " where datname = current_database() and wait_event_type = 'Lock'")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private long events() {
        return count(
                "select count(*) from strangler.outbox where aggregateid = (select id::text from product where sku = ?)",
                sku);
    }

    private long count(String sql, String parameter) {
        return database.sql(sql).param(parameter).query(Long.class).single();
    }
}
