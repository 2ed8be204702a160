using Models.Project.Graph;

namespace Models.Compiler.Tests.Analysis;

/// <summary>Every form in which dbt's unit tests can be written. Source: docs.getdbt.com/reference/resource-properties/unit-tests.</summary>
public sealed class UnitTestFormTests
{
    private const string Paid = "select customer, sum(amount) as paid from {{ ref('orders') }} group by customer -- by customer";

    [Fact]
    public async Task A_value_that_is_longer_than_its_column_is_not_cut()
    {
        using var project = new ShopProject()
            .Write("models/named.sql", "select 'x'::varchar(5) as name, 'y'::char(3) as code")
            .Write("models/sized.sql", "select name, length(name) as size, code from {{ ref('named') }}")
            .Write("models/u.yml", """
                unit_tests:
                  - name: whole
                    model: sized
                    given: [{input: ref('named'), rows: [{name: longer than five, code: abcd}]}]
                    expect: {rows: [{name: longer than five, size: 16, code: abcd}]}
                """);

        (await project.DiagnoseAsync()).ShouldBeEmpty();
    }

    public static TheoryData<string, string, string> Forms => new()
    {
        { "csv in, csv out", Paid, """
            given:
              - input: ref('orders')
                format: csv
                rows: |
                  customer,amount
                  ann,1.5
                  "o'neil, bob",2
                  ,4
            expect:
              format: csv
              rows: |
                customer,paid
                ann,1.5
                "o'neil, bob",2
                ,4
            """ },
        { "sql in, sql out", Paid, """
            given:
              - input: ref('orders')
                format: sql
                rows: |
                  select 'ann' as customer, 1.5 as amount union all
                  select 'ann', 2;
            expect:
              format: sql
              rows: "select 'ann' as customer, 3.5 as paid"
            """ },
        { "fixtures of both kinds", Paid, """
            given:
              - {input: ref('orders'), format: csv, fixture: orders_in}
            expect: {format: sql, fixture: paid_out}
            """ },
        { "rows of every type", "select id, at, day, tags, doc, ok, big, note from {{ ref('typed') }}", """
            given:
              - input: ref('typed')
                rows:
                  - {id: 1, at: 2024-01-01 10:00:00, day: 2024-01-01, tags: "{a,b}", doc: '{"a": 1}', ok: true, big: 12345678901234, note: "it's"}
                  - {id: 2, ok: null}
            expect:
              rows:
                - {id: 1, at: "2024-01-01 10:00:00", day: "2024-01-01", tags: "{a,b}", doc: '{"a":1}', ok: true, big: 12345678901234, note: "it's"}
                - {id: 2, at: null, day: null, tags: null, doc: null, ok: null, big: null, note: null}
            """ },
        { "mappings and lists for json and arrays", "select doc, list, tags, nested, note from {{ ref('shapes') }}", """
            given:
              - input: ref('shapes')
                rows:
                  - {doc: {a: 1, n: null, t: true, s: "it's \"so\"", l: [1, {b: x}]}, list: [1, null], tags: ['x', null, 'a "b", c\d', "it's"], nested: [[1, 2], [3, null]], note: {a: 1}}
                  - {doc: 5, list: {}, tags: [], nested: null, note: [1]}
            expect:
              rows:
                - {doc: '{"l": [1, {"b": "x"}], "a": 1, "n": null, "t": true, "s": "it''s \"so\""}', list: '[1, null]', tags: '{x,null,"a \"b\", c\\d",it''s}', nested: "{ {1,2},{3,null} }", note: '{"a": 1}'}
                - {doc: 5, list: '{}', tags: '{}', nested: null, note: '[1]'}
            """ },
        { "no rows", Paid, """
            given: [{input: ref('orders'), rows: []}]
            expect: {rows: []}
            """ },
        { "a source, a seed and an ephemeral model", "select c.city, e.word, s.name from {{ source('raw', 'customers') }} c cross join {{ ref('short') }} e cross join {{ ref('codes') }} s", """
            given:
              - {input: "source('raw', 'customers')", rows: [{city: Riga}]}
              - {input: ref('short'), rows: [{word: w}]}
              - {input: ref('codes'), rows: [{name: n}]}
            expect: {rows: [{city: Riga, word: w, name: n}]}
            """ },
        { "an ephemeral model by sql", "select word from {{ ref('short') }}", """
            given: [{input: ref('short'), format: sql, rows: "select 'x' as word"}]
            expect: {rows: [{word: x}]}
            """ },
        { "overrides", "select '{{ var('region', 'us') }}' as region, '{{ env_var('SHOP_UNIT_TEST', 'none') }}' as env, {{ rate() }} as rate, '{{ dbt.type_string() }}' as kind, {{ current_timestamp() }} as now, customer from {{ ref('orders') }}", """
            overrides:
              macros: {rate: 7, dbt.type_string: words, current_timestamp: "'2024-01-01'::date"}
              vars: {region: eu}
              env_vars: {SHOP_UNIT_TEST: set}
            given: [{input: ref('orders'), rows: [{customer: ann}]}]
            expect: {rows: [{region: eu, env: set, rate: 7, kind: words, now: 2024-01-01, customer: ann}]}
            """ },
        { "an incremental model that has run before", "{{ config(materialized='incremental') }} select order_id from {{ ref('orders') }} {% if is_incremental() %} where order_id > (select max(order_id) from {{ this }}) {% endif %}", """
            overrides: {macros: {is_incremental: true}}
            given:
              - {input: ref('orders'), rows: [{order_id: 1}, {order_id: 2}, {order_id: 3}]}
              - {input: this, rows: [{order_id: 2}]}
            expect: {rows: [{order_id: 3}]}
            """ },
        { "an incremental model that has not", "{{ config(materialized='incremental') }} select order_id from {{ ref('orders') }} {% if is_incremental() %} where false {% endif %}", """
            overrides: {macros: {is_incremental: false}}
            given: [{input: ref('orders'), rows: [{order_id: 1}]}]
            expect: {rows: [{order_id: 1}]}
            """ },
        { "the same relation twice", "with a as (select * from {{ ref('orders') }}) select a.customer, b.customer as other from a join {{ ref('orders') }} b using (order_id) order by 1 limit 5", """
            given: [{input: "ref('orders')", rows: [{order_id: 1, customer: ann}]}]
            expect: {rows: [{other: ann}]}
            """ },
        { "another version of a model", "select n from {{ ref('counted', v=1) }} union all select n from {{ ref('counted') }}", """
            given:
              - {input: "ref('counted', v=1)", rows: [{n: 1}]}
              - {input: "ref('counted', version=2)", rows: [{n: 2}]}
            expect: {rows: [{n: 1}, {n: 2}]}
            """ },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_passes_where_it_should_and_fails_where_it_should(string form, string sql, string test)
    {
        form.ShouldNotBeEmpty();
        using var project = Shop().Write("models/tested.sql", sql).Write("models/tested.yml", Declare(test));

        (await project.DiagnoseAsync()).ShouldBeEmpty();

        // with every row twice in the model
        project.Write(
            "models/tested.sql", "{{ config(materialized='" + (sql.Contains("incremental", StringComparison.Ordinal) ? "incremental" : "view") + "') }}"
            + $"select * from (\n{sql}\n) as q union all select * from (\n{sql}\n) as r");
        var found = await project.DiagnoseAsync();
        if (form == "no rows")
            found.ShouldBeEmpty();
        else
            found.ShouldHaveSingleItem().ShouldContain("error MDL4020: Unit test 'u' of model 'tested' fails: ");
    }

    [Fact]
    public async Task A_test_that_is_turned_off_is_not_run()
    {
        using var project = Shop().Write("models/tested.sql", Paid)
            .Write("models/tested.yml", Declare("config: {enabled: false}\ngiven: [{input: ref('orders'), rows: []}]\nexpect: {rows: [{paid: 1}]}"));

        (await project.DiagnoseAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_versioned_model_is_tested_in_the_versions_asked_for()
    {
        using var project = Shop().Write("models/tested.yml",
            """
            unit_tests:
              - name: counts
                model: counted
                versions: {exclude: [1]}
                given: []
                expect: {rows: [{n: 2}]}
            """);

        (await project.DiagnoseAsync()).ShouldBeEmpty();
        (await project.CompileAsync()).Project.Graph.InOrder.OfType<UnitTestNode>().Select(t => t.UniqueId).ShouldBe(["unit_test.shop.counted.counts_v2"]);
    }

    [Theory]
    [InlineData("given: [{input: ref('ordrs'), rows: []}]\nexpect: {rows: []}", "MDL4021: Unit test 'u' cannot run: the input ref('ordrs') is not there")]
    [InlineData("given: [{input: ref('orders'), format: csv, fixture: nowhere}]\nexpect: {rows: []}",
        "MDL1035: the unit test 'u' names the fixture 'nowhere', for which no file was found")]
    [InlineData("given: [{input: ref('orders'), format: csv, rows: \"customer,amount\\nann\\n\"}]\nexpect: {rows: []}",
        "MDL4021: Unit test 'u' cannot run: line 2 of a CSV fixture has 1 fields where the header has 2")]
    [InlineData("given: [{input: ref('orders'), rows: [{amount: many}]}]\nexpect: {rows: []}",
        "MDL4020: Unit test 'u' of model 'tested' fails: invalid input syntax for type numeric: 'many'")]
    [InlineData("given: [{input: ref('orders'), format: sql, rows: \"selct 1\"}]\nexpect: {rows: []}",
        "MDL4020: Unit test 'u' of model 'tested' fails: syntax error at or near 'selct'")]
    [InlineData("given: [{input: ref('orders'), format: yaml, rows: []}]\nexpect: {rows: []}",
        "MDL1035: the unit test 'u' has the format 'yaml' for input rows; it is dict, csv or sql")]
    [InlineData("given: [{input: ref('orders'), rows: []}]\nexpect: {rows: [{pad: 1}]}",
        "MDL4021: Unit test 'u' cannot run: column 'pad' is expected, which model 'tested' does not have; did you mean 'paid'?")]
    [InlineData("given: [{input: ref('orders'), rows: []}]", "MDL1006: the unit test 'u' has no 'expect'; add it")]
    public async Task A_mistake_in_a_unit_test_is_one_line(string test, string expected)
    {
        using var project = Shop().Write("models/tested.sql", Paid).Write("models/tested.yml", Declare(test));

        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldContain(expected);
    }

    private static string Declare(string test) => "unit_tests:\n  - name: u\n    model: tested\n    " + test.ReplaceLineEndings("\n    ") + "\n";

    private static ShopProject Shop() => new ShopProject()
        .Write("models/typed.sql",
            "select 1 as id, null::timestamp as at, null::date as day, null::text[] as tags, null::jsonb as doc, null::boolean as ok, null::bigint as big, " +
            "null::text as note")
        .Write("models/shapes.sql", "select null::jsonb as doc, null::json as list, null::text[] as tags, null::int[] as nested, null::text as note")
        .Write("models/short.sql", "{{ config(materialized='ephemeral') }} select 'a' as word")
        .Write("models/counted_v1.sql", "select 1 as n")
        .Write("models/counted_v2.sql", "select 2 as n")
        .Write("models/versions.yml", "models:\n  - name: counted\n    latest_version: 2\n    versions: [{v: 1}, {v: 2}]\n")
        .Write("macros/rate.sql", "{% macro rate() %}1{% endmacro %}")
        .Write("seeds/codes.csv", "code,name\n1,one\n")
        .Write("tests/fixtures/orders_in.csv", "customer,amount\nann,1\nann,2\n")
        .Write("tests/fixtures/paid_out.sql", "select 'ann' as customer, 3 as paid");
}
