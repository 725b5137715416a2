package dev.strangler.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlWriteTest {

    @Test
    void every_writing_verb_names_its_table() {
        assertThat(SqlWrite.in("insert into asset (id) values (?)"))
                .containsExactly(new SqlWrite("INSERT INTO", "asset"));
        assertThat(SqlWrite.in("update only public.\"asset\" set x = 1"))
                .containsExactly(new SqlWrite("UPDATE", "asset"));
        assertThat(SqlWrite.in("DELETE  FROM asset_tag where id = ?"))
                .containsExactly(new SqlWrite("DELETE FROM", "asset_tag"));
        assertThat(SqlWrite.in("truncate table product")).containsExactly(new SqlWrite("TRUNCATE TABLE", "product"));
        assertThat(SqlWrite.in("merge into product p using x on true"))
                .containsExactly(new SqlWrite("MERGE INTO", "product"));
    }

    @Test
    void every_write_of_a_statement_with_several_is_found() {
        assertThat(SqlWrite.in(
                        "with gone as (delete from asset_tag returning id) insert into asset select * from gone"))
                .extracting(SqlWrite::table)
                .containsExactly("asset_tag", "asset");
    }

    @Test
    void words_after_a_verb_that_name_no_table_are_no_write() {
        assertThat(SqlWrite.in("select * from asset for update of a nowait")).isEmpty();
        assertThat(SqlWrite.in("select * from asset for update skip locked")).isEmpty();
        assertThat(SqlWrite.in("on conflict (id) do update set name = excluded.name"))
                .isEmpty();
    }

    @Test
    void reading_is_no_write() {
        assertThat(SqlWrite.in("select * from asset join product_image on true"))
                .isEmpty();
    }
}
