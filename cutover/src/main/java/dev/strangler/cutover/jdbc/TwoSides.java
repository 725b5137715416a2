package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Side;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** The owner's state and the copy of it, asked the same at the same time. */
record TwoSides(FeatureState owner, FeatureState copy) {

    static TwoSides of(FeatureDatabases databases, Feature feature, Side owner) {
        return new TwoSides(
                new FeatureState(databases, feature, owner), new FeatureState(databases, feature, owner.other()));
    }

    /** The two answers. */
    record Both<T>(T owner, T copy) {}

    /** Whether the payloads of both are made alike, so that they are the same where their texts are. */
    boolean haveOneForm() {
        var forms = ask(FeatureState::form);
        return forms.owner().equals(forms.copy());
    }

    /** Asks both, the copy on a thread of its own; throws what either throws. */
    <T> Both<T> ask(Function<FeatureState, T> question) {
        var asking = new FutureTask<>(() -> copy.answer(question));
        var thread = new Thread(asking, "asking-the-copy");
        thread.setDaemon(true);
        thread.start();
        var ownerSays = owner.answer(question);
        try {
            return new Both<>(ownerSays, asking.get());
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new CompletionException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while comparing", interrupted);
        }
    }
}
