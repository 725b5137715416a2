package dev.strangler.architecture.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strangler.architecture.sql.Holes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dynamic statements read as a database could plan them: as MyBatis builds them when every condition holds. */
class MapperTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            delete from asset <where><if test='a'>and title = #{t}</if> <if test='b'>and tag = #{g}</if></where>       ~ delete from asset where title = #{t} and tag = #{g}
            delete from asset <where><if test='a'>OR title = #{t}</if></where>                                       ~ delete from asset where title = #{t}
            update asset <set><if test='a'>title = #{t},</if> <if test='b'>tag = #{g},</if></set> where id = #{id}     ~ update asset set title = #{t}, tag = #{g} where id = #{id}
            insert into asset <trim prefix='(' suffix=')' suffixOverrides=','>id, <if test='a'>title,</if></trim>      ~ insert into asset ( id, title )
            delete from asset where id = 1 <trim prefixOverrides='and |or '><if test='a'>and tag = #{g}</if></trim>    ~ delete from asset where id = 1 tag = #{g}
            delete from asset where id in <foreach open='(' close=')' item='i'>#{i}</foreach>                        ~ delete from asset where id in (#{i})
            delete from asset <where>and_more = 1</where>                                                          ~ delete from asset where and_more = 1
            <trim prefix='update'><if test='a'>asset</if></trim> set title = ''                                     ~ update {a hole} set title = ''
            """)
    void a_dynamic_statement_is_what_it_is_when_all_conditions_hold(String script, String statement) {
        assertThat(MapperText.ofScript("<script>" + script + "</script>")
                        .replaceAll("\\s+", " ")
                        .strip())
                .isEqualTo(statement.replace("{a hole}", String.valueOf(Holes.UNKNOWN)));
    }
}
