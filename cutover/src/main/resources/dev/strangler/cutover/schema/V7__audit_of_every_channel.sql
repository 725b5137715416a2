-- The audit covers what is asked of the control API directly, too.
alter table console_act rename to audit;

alter table audit add column channel text not null default 'CONSOLE' check (channel in ('CONSOLE', 'API'));
alter table audit alter column channel drop default;

comment on table audit is 'what was asked for, by whom, by which way, and what became of it; refused acts too; written before and after';
comment on column audit.line is 'how it was asked for: the same on the command line, or the request';

create or replace function refuse_to_rewrite_acts() returns trigger language plpgsql as $$
begin
    raise exception 'The audit only grows: % of % is refused.', tg_op, tg_table_name;
end $$;
