package dev.strangler.sandbox;

import dev.strangler.sandbox.broker.BrokerQuestions;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads Kafka's client from the broker's own jars. Whoever uses the sandbox may have another version of the client on
 * the class path, or none.
 */
final class KafkaApart extends URLClassLoader {

    private static final String ASKING = "dev.strangler.sandbox.broker.AdminQuestions";

    private KafkaApart(List<Path> jars) {
        super(jars.stream().map(KafkaApart::url).toArray(URL[]::new), KafkaApart.class.getClassLoader());
    }

    static BrokerQuestions questions() {
        return Holder.QUESTIONS;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals(ASKING) && !name.startsWith("org.apache.kafka.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return name.equals(ASKING) ? asking() : findClass(name);
        }
    }

    private Class<?> asking() throws ClassNotFoundException {
        try (var stream = KafkaApart.class.getResourceAsStream("broker/AdminQuestions.class")) {
            if (stream == null) {
                throw new ClassNotFoundException(ASKING);
            }
            var bytes = stream.readAllBytes();
            return defineClass(ASKING, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(ASKING, e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Holder {

        private static final BrokerQuestions QUESTIONS = load();

        private static BrokerQuestions load() {
            try {
                return (BrokerQuestions)
                        new KafkaApart(Artefacts.ofThisMachine().kafka())
                                .loadClass(ASKING)
                                .getDeclaredConstructor()
                                .newInstance();
            } catch (ReflectiveOperationException e) {
                throw new SandboxException("Cannot load Kafka's client from the broker's jars: %s".formatted(e), e);
            }
        }
    }
}
