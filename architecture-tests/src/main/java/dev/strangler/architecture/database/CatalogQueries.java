package dev.strangler.architecture.database;

/** Questions to the system catalog. Each begins with the relations and roles that count. */
final class CatalogQueries {

    private CatalogQueries() {}

    private static final String RELATIONS = """
            with rel as (
                select c.oid, c.relkind, c.relowner, c.reloptions,
                       case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as name
                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind in ('r', 'p', 'f', 'v', 'm')
                   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                   and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')),
            """;

    /** Roles that somebody is, or can become, who may log in to this database and is bound by anything. */
    private static final String WHO = """
            enters as (
                select r.oid from pg_roles r
                 where r.rolcanlogin and not r.rolsuper and has_database_privilege(r.oid, current_database(), 'CONNECT')),
            who as (
                select r.oid, r.rolname from pg_roles r
                 where not r.rolsuper and r.rolname !~ '^pg_'
                   and exists (select from enters e where pg_has_role(e.oid, r.oid, 'MEMBER')))
            """;

    static final String TABLES = RELATIONS + """
            root as (select oid, coalesce(pg_partition_root(oid)::oid, oid) as root from rel)
            select t.name, pg_get_userbyid(t.relowner)::text, coalesce(r.name, t.name)
              from rel t join root on root.oid = t.oid left join rel r on r.oid = root.root
             where t.relkind in ('r', 'p', 'f') order by 1
            """;

    static final String KEYS = RELATIONS + """
            nothing as (select)
            select k.conname::text, c.name, p.name, k.confdeltype::text, k.confupdtype::text
              from pg_constraint k join rel c on c.oid = k.conrelid join rel p on p.oid = k.confrelid
             where k.contype = 'f' and k.conparentid = 0 order by 2, 1
            """;

    private static final String NAME_OF_ROUTINE =
            "case n.nspname when 'public' then '' else n.nspname || '.' end || p.proname";

    static final String TRIGGERS = RELATIONS + """
            nothing as (select)
            select t.tgname::text, r.name, %s, t.tgenabled::text, t.tgtype::int
              from pg_trigger t join rel r on r.oid = t.tgrelid
              join pg_proc p on p.oid = t.tgfoid join pg_namespace n on n.oid = p.pronamespace
             where not t.tgisinternal order by 2, 1
            """.formatted(NAME_OF_ROUTINE);

    static final String RULES = RELATIONS + """
            nothing as (select)
            select w.rulename::text, r.name, pg_get_ruledef(w.oid)
              from pg_rewrite w join rel r on r.oid = w.ev_class
             where w.ev_type <> '1' order by 2, 1
            """;

    static final String VIEWS = RELATIONS + """
            nothing as (select)
            select v.name, pg_get_userbyid(v.relowner)::text,
                   array(select distinct t.name from pg_rewrite w
                           join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
                           join rel t on t.oid = d.refobjid and t.oid <> v.oid
                          where w.ev_class = v.oid order by 1),
                   pg_relation_is_updatable(v.oid, false) & 28 <> 0,
                   coalesce((select o.option_value::boolean from pg_options_to_table(v.reloptions) o where o.option_name = 'security_invoker'), false)
              from rel v where v.relkind = 'v' order by 1
            """;

    static final String ROUTINES = "with " + WHO + """
            select %s, pg_get_userbyid(p.proowner)::text, p.prosecdef,
                   case when l.lanname in ('sql', 'plpgsql') then coalesce(replace(pg_get_function_sqlbody(p.oid), 'BEGIN ATOMIC', 'BEGIN'), p.prosrc) end,
                   array(select w.rolname::text from who w
                          where w.oid <> p.proowner and has_function_privilege(w.oid, p.oid, 'EXECUTE')
                            and has_schema_privilege(w.oid, n.oid, 'USAGE') order by 1)
              from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
             where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and p.prokind in ('f', 'p')
               and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
             order by 1
            """.formatted(NAME_OF_ROUTINE);

    static final String ROLES = "with " + WHO + """
            select w.rolname::text, r.rolcanlogin,
                   array(select o.rolname::text from pg_roles o where o.oid <> w.oid and pg_has_role(w.oid, o.oid, 'MEMBER') order by 1),
                   r.rolbypassrls, has_parameter_privilege(w.oid, 'session_replication_role', 'SET')
              from who w join pg_roles r on r.oid = w.oid order by 1
            """;

    static final String GRANTS = RELATIONS + WHO + """
            , everybody as (select oid, rolname::text, null::text as everyone from who union all select null, 'public', 'public'),
            verb as (select unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as verb),
            held as (
                select e.*, rel.oid as tab, rel.name, verb.verb,
                       coalesce(has_table_privilege(e.oid, rel.oid, verb.verb), has_table_privilege(e.everyone, rel.oid, verb.verb)) as whole
                  from everybody e cross join rel cross join verb
                 where e.oid is distinct from rel.relowner)
            select h.rolname, h.name, h.verb,
                   case when h.whole then '{}' else array(
                       select a.attname::text from pg_attribute a
                        where a.attrelid = h.tab and a.attnum > 0 and not a.attisdropped
                          and coalesce(has_column_privilege(h.oid, h.tab, a.attnum, h.verb), has_column_privilege(h.everyone, h.tab, a.attnum, h.verb))
                        order by a.attnum) end
              from held h
             where h.whole or h.verb in ('SELECT', 'INSERT', 'UPDATE')
               and coalesce(has_any_column_privilege(h.oid, h.tab, h.verb), has_any_column_privilege(h.everyone, h.tab, h.verb))
             order by 2, 1, 3
            """;

    static final String MAY_READ_FENCES =
            "select has_table_privilege(oid, 'SELECT') from pg_class where oid = to_regclass('strangler.fence')";

    static final String FENCES = "select feature, aggregates, applier::text from strangler.fence order by 1";
}
