package dev.strangler.architecture.writes;

import dev.strangler.architecture.code.CodeBase;
import dev.strangler.architecture.code.Hierarchy;
import dev.strangler.architecture.flow.Call;
import dev.strangler.architecture.flow.Known;
import dev.strangler.architecture.mapping.TypedTables;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Calls into libraries where a text becomes a statement or an object becomes rows. */
final class Sinks {

    private static final Set<String> PERSISTENCE = Set.of(
            "javax/persistence/EntityManager",
            "jakarta/persistence/EntityManager",
            "jakarta/persistence/EntityHandler",
            "jakarta/persistence/EntityAgent",
            "org/hibernate/Session",
            "org/hibernate/classic/Session",
            "org/hibernate/StatelessSession",
            "org/hibernate/SharedSessionContract",
            "org/hibernate/query/QueryProducer",
            "org/hibernate/engine/spi/SessionImplementor",
            "org/hibernate/engine/spi/SharedSessionContractImplementor",
            "org/springframework/orm/hibernate3/HibernateTemplate",
            "org/springframework/orm/hibernate4/HibernateTemplate",
            "org/springframework/orm/hibernate5/HibernateTemplate",
            "org/springframework/boot/test/autoconfigure/orm/jpa/TestEntityManager",
            "org/springframework/data/jdbc/core/JdbcAggregateOperations",
            "org/springframework/data/jdbc/core/JdbcAggregateTemplate",
            "org/springframework/data/r2dbc/core/R2dbcEntityOperations",
            "org/springframework/data/r2dbc/core/R2dbcEntityTemplate");
    private static final Set<String> STORING = Set.of(
            "persist",
            "persistAndFlush",
            "merge",
            "save",
            "saveOrUpdate",
            "saveAll",
            "update",
            "insert",
            "upsert",
            "replicate",
            "insertMultiple",
            "updateMultiple",
            "upsertMultiple",
            "persistAll");
    private static final Set<String> DELETING = Set.of("remove", "delete", "deleteMultiple", "deleteAll");
    private static final Set<String> SPRING_JDBC = Set.of(
            "org/springframework/jdbc/core/JdbcTemplate",
            "org/springframework/jdbc/core/JdbcOperations",
            "org/springframework/jdbc/core/namedparam/NamedParameterJdbcTemplate",
            "org/springframework/jdbc/core/namedparam/NamedParameterJdbcOperations",
            "org/springframework/jdbc/core/simple/JdbcClient",
            "org/springframework/r2dbc/core/DatabaseClient");
    private static final Set<String> NATIVE =
            Set.of("createNativeQuery", "createSQLQuery", "createNativeMutationQuery");
    private static final Set<String> OBJECT_QUERIES =
            Set.of("createQuery", "createMutationQuery", "createSelectionQuery", "createStatement");
    private static final Set<String> PROCEDURES =
            Set.of("createStoredProcedureQuery", "createNamedStoredProcedureQuery", "createStoredProcedureCall");
    private static final Set<String> CRITERIA = Set.of(
            "javax/persistence/criteria/CriteriaBuilder",
            "jakarta/persistence/criteria/CriteriaBuilder",
            "org/hibernate/query/criteria/HibernateCriteriaBuilder");

    private static final Set<String> JOOQ = Set.of("org/jooq/DSLContext", "org/jooq/WithStep", "org/jooq/impl/DSL");
    private static final Map<String, Kind> JOOQ_CHANGES = Map.ofEntries(
            Map.entry("insertInto", Kind.INSERTED_TABLE),
            Map.entry("loadInto", Kind.INSERTED_TABLE),
            Map.entry("executeInsert", Kind.INSERTED_TABLE),
            Map.entry("batchInsert", Kind.INSERTED_TABLE),
            Map.entry("update", Kind.UPDATED_TABLE),
            Map.entry("executeUpdate", Kind.UPDATED_TABLE),
            Map.entry("batchUpdate", Kind.UPDATED_TABLE),
            Map.entry("delete", Kind.DELETED_TABLE),
            Map.entry("deleteFrom", Kind.DELETED_TABLE),
            Map.entry("executeDelete", Kind.DELETED_TABLE),
            Map.entry("batchDelete", Kind.DELETED_TABLE),
            Map.entry("mergeInto", Kind.MERGED_TABLE),
            Map.entry("batchMerge", Kind.MERGED_TABLE),
            Map.entry("batchStore", Kind.MERGED_TABLE),
            Map.entry("truncate", Kind.TRUNCATED_TABLE),
            Map.entry("truncateTable", Kind.TRUNCATED_TABLE),
            Map.entry("createTable", Kind.CREATED_TABLE),
            Map.entry("createTableIfNotExists", Kind.CREATED_TABLE),
            Map.entry("alterTable", Kind.ALTERED_TABLE),
            Map.entry("alterTableIfExists", Kind.ALTERED_TABLE),
            Map.entry("dropTable", Kind.DROPPED_TABLE),
            Map.entry("dropTableIfExists", Kind.DROPPED_TABLE));
    private static final Set<String> JOOQ_TEXTS = Set.of("query", "resultQuery", "execute", "batch", "statement");
    private static final Set<String> JOOQ_ROWS =
            Set.of("org/jooq/UpdatableRecord", "org/jooq/TableRecord", "org/jooq/DAO");
    private static final Map<String, Kind> JOOQ_ROW_CHANGES = Map.of(
            "store", Kind.MERGED_TABLE,
            "merge", Kind.MERGED_TABLE,
            "insert", Kind.INSERTED_TABLE,
            "update", Kind.UPDATED_TABLE,
            "delete", Kind.DELETED_TABLE,
            "deleteById", Kind.DELETED_TABLE);
    private static final Set<String> MYBATIS_CHANGES = Set.of("insert", "update", "delete");
    private static final Set<String> MYBATIS =
            Set.of("org/apache/ibatis/session/SqlSession", "org/mybatis/spring/SqlSessionTemplate");

    private static final Set<String> ROWS_OF_RESULTS = Set.of("insertRow", "updateRow", "deleteRow");

    private final CodeBase code;
    private final Hierarchy hierarchy;
    private final TypedTables typed;

    Sinks(CodeBase code, Hierarchy hierarchy, TypedTables typed) {
        this.code = code;
        this.hierarchy = hierarchy;
        this.typed = typed;
    }

    /** What arrives at a sink. */
    enum Kind {
        SQL,
        JPQL,
        /** The name of a query that is declared elsewhere. */
        NAME,
        /** The name of a statement of a mapper, with its mapper's. */
        MAPPED_NAME,
        INSERTED_TABLE("insert into "),
        UPDATED_TABLE("update "),
        DELETED_TABLE("delete from "),
        MERGED_TABLE("merge into "),
        TRUNCATED_TABLE("truncate table "),
        CREATED_TABLE("create table "),
        ALTERED_TABLE("alter table "),
        DROPPED_TABLE("drop table "),
        PROCEDURE,
        /** A result whose row is changed, of whatever query it came from. */
        ROW_OF_RESULT,
        /** An object that is stored. */
        STORED,
        /** An object that is deleted. */
        DELETED,
        /** A class whose rows are written in bulk. */
        BULK_UPDATE,
        BULK_DELETE;

        private final String lead;

        Kind() {
            this("");
        }

        Kind(String lead) {
            this.lead = lead;
        }

        /** Of the name of a table, the statement that it stands for up to that name; empty if it is anything else that arrives. */
        String lead() {
            return lead;
        }
    }

    /** One sink with the index of the argument that matters; {@link #RECEIVER} if it is what is called. */
    record Sink(Kind kind, int argument) {

        static final int RECEIVER = -1;

        /** What arrives. */
        Known at(Call call) {
            var receiver = call.receiver();
            return argument == RECEIVER && receiver != null
                    ? receiver
                    : call.arguments().get(argument);
        }
    }

    boolean isSink(Call call) {
        return find(call).isPresent();
    }

    /** What this call is, empty if it writes nothing by itself. */
    Optional<Sink> find(Call call) {
        return Optional.ofNullable(sink(call));
    }

    /** Of a type of the code base too that inherits the method from a library; one that it declares itself is followed instead. */
    private @Nullable Sink sink(Call call) {
        for (var owner : hierarchy.upwards(call.owner())) {
            var sink = sink(owner, call);
            if (sink != null) {
                return sink;
            }
            var read = code.find(owner);
            var method = read == null ? null : read.method(call.name(), call.descriptor());
            if (method != null && (method.access & Opcodes.ACC_ABSTRACT) == 0) {
                break;
            }
        }
        return unnamed(call);
    }

    private @Nullable Sink sink(String owner, Call call) {
        if (PERSISTENCE.contains(owner)) {
            return persistence(call);
        }
        if (CRITERIA.contains(owner)) {
            return call.name().equals("createCriteriaUpdate")
                    ? new Sink(Kind.BULK_UPDATE, 0)
                    : call.name().equals("createCriteriaDelete") ? new Sink(Kind.BULK_DELETE, 0) : null;
        }
        if (SPRING_JDBC.contains(owner)) {
            return firstText(call, Kind.SQL);
        }
        if (owner.equals("java/sql/Statement") || owner.equals("java/sql/PreparedStatement")) {
            return call.name().startsWith("execute") || call.name().equals("addBatch")
                    ? firstText(call, Kind.SQL)
                    : null;
        }
        if (owner.equals("java/sql/ResultSet") && ROWS_OF_RESULTS.contains(call.name())) {
            return new Sink(Kind.ROW_OF_RESULT, Sink.RECEIVER);
        }
        if (owner.endsWith("/SimpleJdbcInsert") && call.name().equals("withTableName")) {
            return new Sink(Kind.INSERTED_TABLE, 0);
        }
        if (owner.endsWith("/SimpleJdbcCall") && call.name().startsWith("with")) {
            return call.name().equals("withProcedureName") || call.name().equals("withFunctionName")
                    ? new Sink(Kind.PROCEDURE, 0)
                    : null;
        }
        if (JOOQ.contains(owner)) {
            return jooq(call);
        }
        if (JOOQ_ROWS.contains(owner) || typed.of(owner) != null) {
            var kind = call.receiver() == null ? null : JOOQ_ROW_CHANGES.get(call.name());
            return kind == null ? null : new Sink(kind, Sink.RECEIVER);
        }
        if (MYBATIS.contains(owner)) {
            return MYBATIS_CHANGES.contains(call.name()) ? firstText(call, Kind.MAPPED_NAME) : null;
        }
        return null;
    }

    private static @Nullable Sink jooq(Call call) {
        var types = Type.getArgumentTypes(call.descriptor());
        if (types.length == 0) {
            return null;
        }
        var kind = JOOQ_CHANGES.get(call.name());
        if (kind != null) {
            return new Sink(kind, 0);
        }
        return JOOQ_TEXTS.contains(call.name()) || call.name().startsWith("fetch") ? leadingText(types) : null;
    }

    private static @Nullable Sink leadingText(Type[] types) {
        var first = types[0].getDescriptor();
        return first.equals("Ljava/lang/String;") || first.equals("[Ljava/lang/String;") ? new Sink(Kind.SQL, 0) : null;
    }

    private static @Nullable Sink persistence(Call call) {
        boolean takesTextOnly = call.descriptor().startsWith("(Ljava/lang/String;)");
        if (NATIVE.contains(call.name())) {
            return firstText(call, Kind.SQL);
        }
        if (OBJECT_QUERIES.contains(call.name())) {
            return firstText(call, Kind.JPQL);
        }
        if (call.name().equals("createNamedQuery")
                || call.name().equals("getNamedQuery")
                || call.name().equals("createNamedMutationQuery")) {
            return firstText(call, Kind.NAME);
        }
        if (PROCEDURES.contains(call.name())) {
            return firstText(call, Kind.PROCEDURE);
        }
        if (call.name().equals("bulkUpdate")) {
            return firstText(call, Kind.JPQL);
        }
        if (STORING.contains(call.name()) && !takesTextOnly) {
            return object(call, Kind.STORED);
        }
        return DELETING.contains(call.name()) && !takesTextOnly ? object(call, Kind.DELETED) : null;
    }

    /** The object comes last in Hibernate's forms with an entity name, and first otherwise. */
    private static @Nullable Sink object(Call call, Kind kind) {
        var types = Type.getArgumentTypes(call.descriptor());
        if (types.length == 0) {
            return null;
        }
        return new Sink(kind, types[0].getDescriptor().equals("Ljava/lang/String;") && types.length > 1 ? 1 : 0);
    }

    /**
     * Whatever gives back a statement for a text, whoever's method it is: wrappers of connections are many. Those of the code base itself
     * are followed instead.
     */
    private static @Nullable Sink unnamed(Call call) {
        var returned = Type.getReturnType(call.descriptor()).getDescriptor();
        boolean makesStatement = returned.equals("Ljava/sql/PreparedStatement;")
                || returned.equals("Ljava/sql/CallableStatement;")
                || returned.equals("Lio/r2dbc/spi/Statement;");
        return makesStatement ? firstText(call, Kind.SQL) : null;
    }

    private static @Nullable Sink firstText(Call call, Kind kind) {
        var types = Type.getArgumentTypes(call.descriptor());
        for (int i = 0; i < types.length; i++) {
            var descriptor = types[i].getDescriptor();
            if (descriptor.equals("Ljava/lang/String;") || descriptor.equals("[Ljava/lang/String;")) {
                return new Sink(kind, i);
            }
        }
        return null;
    }
}
