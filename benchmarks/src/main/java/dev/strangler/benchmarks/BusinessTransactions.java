package dev.strangler.benchmarks;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/** One business row in a transaction of its own, by JDBC and by JPA, each with whatever else belongs to the transaction. */
final class BusinessTransactions implements AutoCloseable {

    private final Workbench workbench;
    private final EntityManagerFactory entities;
    private final EntityManager current;
    private final TransactionTemplate jpa;

    BusinessTransactions(Workbench workbench) {
        this.workbench = workbench;
        workbench
                .jdbc()
                .execute(
                        "create table placed_order (id uuid primary key, body text not null, version bigint not null)");
        this.entities = entities(workbench.writer());
        this.current = SharedEntityManagerCreator.createSharedEntityManager(entities);
        var manager = new JpaTransactionManager(entities);
        manager.setDataSource(workbench.writer());
        this.jpa = new TransactionTemplate(manager);
    }

    private static EntityManagerFactory entities(DataSource dataSource) {
        var factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setManagedTypes(PersistenceManagedTypes.of(PlacedOrder.class.getName()));
        factory.setPersistenceUnitName("benchmark");
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setJpaPropertyMap(Map.of("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect"));
        factory.afterPropertiesSet();
        var made = factory.getObject();
        if (made == null) {
            throw new IllegalStateException("Hibernate made no entity manager factory.");
        }
        return made;
    }

    void byJdbc(Runnable more) {
        workbench.transaction().executeWithoutResult(status -> {
            workbench.write();
            more.run();
        });
    }

    void byJpa(Runnable more) {
        jpa.executeWithoutResult(status -> {
            current.persist(new PlacedOrder(UUID.randomUUID(), Workbench.PAYLOAD));
            more.run();
        });
    }

    /** Rows that JPA has written: the figures mean nothing if there are none. */
    long writtenByJpa() {
        var rows = new JdbcTemplate(workbench.writer()).queryForObject("select count(*) from placed_order", Long.class);
        return rows == null ? 0 : rows;
    }

    @Override
    public void close() {
        entities.close();
    }
}
