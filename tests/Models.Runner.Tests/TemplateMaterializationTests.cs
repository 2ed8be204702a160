using Models.Engine;

namespace Models.Runner.Tests;

/// <summary>The built-in materializations as templates: they run where a project has replaced a part of them.</summary>
public sealed class TemplateMaterializationTests(PostgresFixture postgres)
{
    // called by every materialization, so that all of them go through their templates
    private const string ReplacesAPartOfEach =
        "{% macro apply_grants(relation, grant_config, should_revoke=True) %}{{ return(dbt.default__apply_grants(relation, grant_config, should_revoke)) " +
        "}}{% endmacro %}";

    [Theory]
    [InlineData("models/m.sql", "{{ config(materialized='table') }} select 1 as id", "create_table_as(temporary, relation, compiled_code, language='sql')",
        "create table {{ relation }} as select 42 as id")]
    [InlineData("models/m.sql", "{{ config(materialized='table') }} select 1 as id", "default__get_create_table_as_sql(temporary, relation, sql)",
        "create table {{ relation }} as select 42 as id")]
    [InlineData("models/m.sql", "{{ config(materialized='table') }} select 1 as id", "postgres__create_table_as(temporary, relation, sql)",
        "create table {{ relation }} as select 42 as id")]
    [InlineData("models/m.sql", "select 1 as id", "create_view_as(relation, sql)", "create view {{ relation }} as select 42 as id")]
    [InlineData("models/m.sql", "{{ config(materialized='materialized_view') }} select 1 as id", "get_create_materialized_view_as_sql(relation, sql)",
        "create materialized view {{ relation }} as select 42 as id")]
    [InlineData("seeds/m.csv", "id\n1\n", "load_csv_rows(model, agate_table)", "{% do run_query('insert into ' ~ this ~ ' select 42') %}")]
    [InlineData("models/m.sql", "{{ config(materialized='table', post_hook='select 1') }} select 1 as id", "run_hooks(hooks, inside_transaction=True)",
        "{% if hooks and inside_transaction %}{% call statement() %}update {{ this }} set id = 42{% endcall %}{% endif %}")]
    [InlineData("models/m.sql", "{{ config(materialized='table') }} select 1 as id", "create_indexes(relation)",
        "{% call statement() %}update {{ relation }} set id = 42{% endcall %}")]
    public async Task What_a_project_replaces_is_what_its_nodes_are_built_with(string file, string text, string macro, string body)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write(file, text).Write("macros/own.sql", $"{{% macro {macro} %}}{body}{{% endmacro %}}");

        for (var i = 0; i < 2; i++)
        {
            (await project.BuildAsync()).ShouldSucceed();
            (await project.ScalarAsync("select max(id) from dev.m")).ShouldBe("42");
        }
    }

    [Fact]
    public async Task A_merge_that_a_project_writes_itself_is_the_one_that_runs()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project
            .Model("m",
                "{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id') }} select 1 as id, 'new' as word {% if not " +
                "is_incremental() %} where false {% endif %}")
            .Write("macros/own.sql",
                "{% macro default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) %}insert into {{ target }} select {{ " +
                "unique_key }}, 'merged by hand' from {{ source }}{% endmacro %}");

        for (var i = 0; i < 2; i++)
            (await project.BuildAsync()).ShouldSucceed();

        (await project.ScalarAsync("select word from dev.m")).ShouldBe("merged by hand");
    }

    [Fact]
    public async Task A_statement_s_response_says_what_the_server_did_and_with_how_many_rows()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project
            .Model("m", "{{ config(materialized='counted') }} select 'row' as code, 0::bigint as rows from generate_series(1, 3)")
            .Write("macros/counted.sql", """
                {% materialization counted, default %}
                {% call statement('main') %}create table {{ this }} as {{ sql }}{% endcall %}
                {% set made = load_result('main').response %}
                {% call statement('more') %}insert into {{ this }} select '{{ made.code }}', {{ made.rows_affected }} from generate_series(1, 2){% endcall %}
                {% set more = load_result('more').response %}
                {% do run_query("insert into " ~ this ~ " select '" ~ more.code ~ "', " ~ more.rows_affected) %}
                {{ return({'relations': [this]}) }}
                {% endmaterialization %}
                """);

        (await project.BuildAsync()).Of("m").Message.ShouldBe("SELECT 3");
        (await project.ScalarAsync("select string_agg(distinct rows || ' ' || code, ', ') from dev.m")).ShouldBe("0 row, 2 INSERT, 3 SELECT");
    }

    [Fact]
    public async Task A_column_of_a_query_s_result_is_found_by_name_and_writes_its_values_as_JSON()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", """
            {% set result = run_query("select 1.50 as share, date '2024-01-02' as day, timestamp '2024-01-02 03:04:05' as at, null as nothing, true as yes") %}
            {% set written = [] %}
            {% if execute %}{% for name, value in result.rows[0].dict().items() %}{% do written.append(result.columns.get(name).data_type.jsonify(value)) %}{% endfor %}{% endif %}
            select '{{ tojson(written) }}' as written, {{ result.columns.get('missing', 7) if execute else 7 }} as fallback
            """);

        (await project.BuildAsync()).ShouldSucceed();
        (await project.ScalarAsync("select written || fallback from dev.m")).ShouldBe("""[1.5, "2024-01-02", "2024-01-02T03:04:05", null, true]7""");
    }

    [Fact]
    public async Task A_snapshot_strategy_of_the_project_decides_what_changed()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create schema raw; create table raw.t as select 1 as id, 1 as big, 1 as small");
        project.Write(
            "snapshots/s.sql", "{% snapshot s %}{{ config(target_schema='dev', strategy='coarse', unique_key='id') }} select * from raw.t{% endsnapshot %}")
            .Write("macros/own.sql", """
                {% macro snapshot_coarse_strategy(node, snapshotted_rel, current_rel, config, target_exists) %}
                  {% do return({
                    'unique_key': 'id', 'updated_at': snapshot_get_time(), 'scd_id': snapshot_hash_arguments(['id', snapshot_get_time()]),
                    'row_changed': snapshotted_rel ~ '.big <> ' ~ current_rel ~ '.big', 'hard_deletes': 'ignore', 'invalidate_hard_deletes': false}) %}
                {% endmacro %}
                """);
        (await project.BuildAsync()).ShouldSucceed();

        await project.ExecuteAsync("update raw.t set small = 2");
        (await project.BuildAsync()).ShouldSucceed();
        (await project.ScalarAsync("select count(*) from dev.s")).ShouldBe("1");

        await project.ExecuteAsync("update raw.t set big = 2");
        (await project.BuildAsync()).ShouldSucceed();
        (await project.RowsAsync("select big, dbt_valid_to is null from dev.s order by big")).ShouldBe(["1|False", "2|True"]);
    }

    [Fact]
    public async Task A_test_query_that_a_project_writes_itself_is_judged()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", "select 1 as id union all select 1")
            .Write("models/m.yml", "models: [{name: m, columns: [{name: id, data_tests: [unique, not_null]}]}]")
            .Write("macros/own.sql",
                "{% macro default__get_test_sql(main_sql, fail_calc, warn_if, error_if, limit) %}select 7 as failures, true as should_warn, {{ 'true' if " +
                "'unique' in model.name else 'false' }} as should_error{% endmacro %}");

        var run = await project.BuildAsync();

        run.Of("unique_m_id").Message.ShouldStartWith("Got 7 results, configured to fail");
        run.Of("not_null_m_id").Status.ShouldBe(NodeStatus.Warn);
    }

    [Fact]
    public async Task A_schema_is_made_the_project_s_way()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", "{{ config(schema='mart') }} select 1 as id")
            .Write("macros/own.sql",
                "{% macro postgres__create_schema(relation) %}{% call statement() %}create schema if not exists {{ " +
                "relation.without_identifier().include(database=false) }}; comment on schema {{ relation.without_identifier().include(database=false) }} is " +
                "'made by hand'{% endcall %}{% endmacro %}");

        (await project.BuildAsync()).ShouldSucceed();

        (await project.ScalarAsync("select obj_description('dev_mart'::regnamespace)")).ShouldBe("made by hand");
    }

    [Fact]
    public async Task A_hook_outside_the_transaction_stays_outside_in_a_template_too()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("macros/own.sql", ReplacesAPartOfEach)
            .Model("m",
                "{{ config(materialized='table', pre_hook={'sql': 'create table if not exists public.trace (said text)', 'transaction': false}, " +
                "post_hook=[\"insert into public.trace values ('in')\", {'sql': 'vacuum {{ this }}', 'transaction': false}]) }} select 1 as id");

        (await project.BuildAsync()).ShouldSucceed();

        (await project.ScalarAsync("select said from public.trace")).ShouldBe("in");
    }

    [Fact]
    public async Task A_refused_query_is_placed_in_its_model_and_leaves_the_old_table()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("macros/own.sql", ReplacesAPartOfEach).Model("m", "{{ config(materialized='table') }} select 1 as id");
        (await project.BuildAsync()).ShouldSucceed();

        project.Model("m", "{{ config(materialized='table') }}\nselect 2 as id,\n  missing");

        var message = (await project.BuildAsync()).Of("m").Message;
        message.ShouldContain("m.sql(3,3)");
        message.ShouldContain("column \"missing\" does not exist");
        (await project.ScalarAsync("select id from dev.m")).ShouldBe("1");
        (await project.ScalarAsync("select count(*) from pg_class where relname like 'm\\_\\_dbt%'")).ShouldBe("0");
    }

    [Fact]
    public async Task Templates_and_the_run_engine_come_to_the_same()
    {
        string[] own = [ReplacesAPartOfEach, ""];
        var contents = new List<string>();
        foreach (var macros in own)
        {
            await using var project = await TestProject.CreateAsync(postgres);
            await project.ExecuteAsync(
                "create schema raw; create table raw.t as select 1 as id, 'a' as word, timestamp '2024-01-01' as at union all select 2, 'b', '2024-01-01'");
            project.Write("macros/own.sql", macros)
                .Write("seeds/Codes.csv", "Id,name,price\n1,\"a,b\",1.5\n2,,\n")
                .Model("v", "select id, word from raw.t")
                .Model("t",
                    "{{ config(materialized='table', indexes=[{'columns': ['id'], 'unique': true}], grants={'select': ['public']}) }} select * from {{ " +
                    "ref('v') }}")
                .Model("mv", "{{ config(materialized='materialized_view') }} select count(*) as rows from {{ ref('t') }}")
                .Model("added",
                    "{{ config(materialized='incremental') }} select id, word from {{ ref('v') }} {% if is_incremental() %} where id > (select max(id) from " +
                    "{{ this }}) {% endif %}")
                .Model("merged",
                    "{{ config(materialized='incremental', unique_key=['id'], incremental_strategy='merge', on_schema_change='append_new_columns') }} select " +
                    "id, word {% if is_incremental() %}, 'later' as extra {% endif %} from {{ ref('v') }}")
                .Model("replaced", "{{ config(materialized='incremental', unique_key='id') }} select id, word from {{ ref('v') }}")
                .Write("snapshots/s.yml", """
                    snapshots:
                      - name: by_time
                        relation: source('raw', 't')
                        config: {schema: dev, strategy: timestamp, unique_key: id, updated_at: at, hard_deletes: new_record}
                      - name: by_check
                        relation: source('raw', 't')
                        config: {strategy: check, unique_key: [id, word], check_cols: all, updated_at: at, hard_deletes: invalidate, dbt_valid_to_current: "to_date('9999-12-31', 'YYYY-MM-DD')", snapshot_meta_column_names: {dbt_valid_to: ended}}
                    sources:
                      - name: raw
                        tables: [{name: t, columns: [{name: id, data_type: int}, {name: word, data_type: text}, {name: at, data_type: timestamp}]}]
                    """);

            (await project.BuildAsync()).ShouldSucceed();
            await project.ExecuteAsync(
                "update raw.t set word = 'changed', at = '2024-02-01' where id = 1; delete from raw.t where id = 2; insert into raw.t values (3, 'c', " +
                "'2024-02-02')");
            (await project.BuildAsync()).ShouldSucceed();
            (await project.BuildAsync()).ShouldSucceed();

            var content = new List<string>();
            foreach (var query in new[]
            {
                "select * from dev.\"Codes\" order by 1",
                "select column_name, data_type from information_schema.columns where table_schema like 'dev%' and table_name not in ('by_time', 'by_check') " +
                "order by table_name, ordinal_position",
                "select * from dev.t order by 1", "select * from dev.mv", "select * from dev.added order by 1, 2", "select * from dev.merged order by " +
                "1", "select * from dev.replaced order by 1, 2",
                "select id, word, at, dbt_valid_from = at, dbt_valid_to is null, dbt_is_deleted from dev_dev.by_time order by id, word, dbt_is_deleted, 5",
                "select id, word, at, dbt_valid_from, extract(year from ended) = 9999 from dev.by_check order by id, word",
                "select indexdef from (select regexp_replace(indexdef, 'INDEX \\S+', 'INDEX') as indexdef from pg_indexes where schemaname = 'dev') as i",
                "select privilege_type from information_schema.role_table_grants where grantee = 'PUBLIC' and table_schema = 'dev'",
            })
            {
                content.AddRange(await project.RowsAsync(query));
            }

            contents.Add(string.Join('\n', content));
        }

        contents[0].ShouldBe(contents[1]);
    }
}
