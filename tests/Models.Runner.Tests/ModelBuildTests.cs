using Models.Database;
using Models.Engine;
using Npgsql;

namespace Models.Runner.Tests;

public sealed class ModelBuildTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_contract_may_write_a_column_in_quotes_and_name_it_in_constraints_and_indexes()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model(
            "m", "{{ config(materialized='table', indexes=[{'columns': ['\"Id\"', 'Kind']}]) }} select 1 as \"Id\", 'a'::text as kind, 2 as \"Other\"")
            .Write("models/m.yml",
                """
                models:
                  - name: m
                    config: {contract: {enforced: true}}
                    constraints: [{type: primary_key, columns: ['"Id"', Kind]}, {type: unique, columns: [Other]}]
                    columns:
                      - {name: '"Id"', data_type: int}
                      - {name: Kind, data_type: text}
                      - {name: Other, quote: true, data_type: int}
                """);

        (await project.BuildAsync()).ShouldSucceed();

        (await project.RowsAsync("select attname::text from pg_attribute where attrelid = 'dev.m'::regclass and attnum > 0 order by attnum"))
            .ShouldBe(["Id", "kind", "Other"]);
        (await project.ScalarAsync("select count(*) from pg_index where indrelid = 'dev.m'::regclass")).ShouldBe("3");
    }

    [Theory]
    [InlineData("table", true)]
    [InlineData("incremental", true)]
    [InlineData("view", false)]
    public async Task A_contract_that_rounds_is_warned_of_in_a_run(string materialized, bool rounds)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", $"{{{{ config(materialized='{materialized}', on_schema_change='fail') }}}} select 2.0/3 as v")
            .Write("models/m.yml", "models:\n  - name: m\n    config: {contract: {enforced: true}}\n    columns: [{name: v, data_type: 'numeric(6,0)'}]\n");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "run");

        exitCode.ShouldBe(0, output + errors);
        (output + errors).Contains(
            "m.yml(4,22): warning MDL6005: The contract of model 'm' stores column 'v' as numeric(6,0), to which values of numeric are rounded")
                .ShouldBe(rounds);
    }

    [Fact]
    public async Task Models_are_built_in_the_order_they_depend_on_each_other()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("c", "select * from {{ ref('b') }}")
            .Model("b", "{{ config(materialized='table') }} select id + 1 as id from {{ ref('a') }}")
            .Model("a", "select 1 as id");

        var summary = (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        summary.Results.Select(r => r.Node.Name).ShouldBe(["a", "b", "c"]);
        (await project.ScalarAsync("select id from dev.c")).ShouldBe("2");
        summary.Of("b").Message.ShouldBe("SELECT 1");
        summary.Of("c").Message.ShouldBe("CREATE VIEW");
    }

    [Fact]
    public async Task An_ephemeral_model_is_inlined_and_not_built()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='ephemeral') }} select 1 as id").Model("b", "select id from {{ ref('a') }}");

        var summary = (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        summary.Results.Select(r => r.Node.Name).ShouldBe(["b"]);
        (await project.ScalarAsync("select id from dev.b")).ShouldBe("1");
    }

    [Fact]
    public async Task What_depends_on_a_failed_model_is_skipped_and_the_rest_is_built()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("broken", "select 1 / 0 as id, {{ 'nothing' }}\nfrom nowhere")
            .Model("child", "select * from {{ ref('broken') }}")
            .Model("grandchild", "select * from {{ ref('child') }}")
            .Model("other", "select 1 as id");

        var summary = await project.RunAsync(RunVerb.Run);

        summary.Success.ShouldBeFalse();
        summary.Of("broken").Status.ShouldBe(NodeStatus.Error);
        summary.Of("broken").Message.ShouldContain("broken.sql(2,6)");
        summary.Of("broken").Message.ShouldContain("\"nowhere\" does not exist");
        summary.Of("child").Status.ShouldBe(NodeStatus.Skipped);
        summary.Of("grandchild").Message.ShouldBe("Skipped because of model.shop.broken");
        summary.Of("other").Status.ShouldBe(NodeStatus.Success);
    }

    [Fact]
    public async Task A_view_that_fails_within_a_chain_leaves_those_before_it_built()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id")
            .Model("b", "select id from {{ ref('a') }}")
            .Model("broken", "select missing from {{ ref('b') }}")
            .Model("child", "select * from {{ ref('broken') }}")
            .Model("other", "select id from {{ ref('b') }}");

        var summary = await project.RunAsync(RunVerb.Run);

        summary.Of("b").Status.ShouldBe(NodeStatus.Success);
        summary.Of("broken").Message.ShouldContain("\"missing\" does not exist");
        summary.Of("child").Message.ShouldBe("Skipped because of model.shop.broken");
        summary.Of("other").Status.ShouldBe(NodeStatus.Success);
        summary.Results.Count.ShouldBe(5);
        (await project.ScalarAsync("select count(*) from pg_views where schemaname = 'dev'")).ShouldBe("3");
    }

    [Fact]
    public async Task A_template_that_asks_for_its_parents_columns_sees_the_parent_as_this_run_made_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id")
            .Model("b",
                "select {% for c in adapter.get_columns_in_relation(ref('a')) %}{{ c.name }} as {{ c.name }}_b{{ ', ' if not loop.last }}{% endfor %} from " +
                "{{ ref('a') }}")
            .Model("c", "select * from {{ ref('b') }}");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        project.Model("a", "select 1 as id, 2 as amount");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select string_agg(column_name, ',' order by ordinal_position) from information_schema.columns where table_name = 'c'"))
            .ShouldBe("id_b,amount_b");
    }

    [Fact]
    public async Task Each_nodes_main_statement_is_kept_as_the_server_got_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id")
            .Model("b", "{{ config(materialized='table') }} select id from {{ ref('a') }}")
            .Model("own", "{{ config(materialized='by_hand') }} select 3 as id")
            .Model("broken", "select missing from {{ ref('a') }}")
            .Write("seeds/s.csv", "id\n1\n")
            .Write("macros/by_hand.sql", """
                {% materialization by_hand, default %}
                  {% call statement('main') %} create table {{ this }} as ({{ sql }}) {% endcall %}
                  {{ return({'relations': [this]}) }}
                {% endmaterialization %}
                """)
            .Write("models/models.yml", "models: [{name: b, columns: [{name: id, data_tests: [not_null]}]}]");

        await project.BuildAsync();

        Run("models/a.sql").ShouldMatch("(?s)^create or replace view .*select 1 as id");
        Run("models/b.sql").ShouldStartWith("create table");
        Run("models/own.sql").ShouldMatch("(?s)^create table .*select 3 as id");
        Run("models/broken.sql").ShouldContain("select missing from");
        Run("seeds/s.csv").ShouldStartWith("create table");
        Run("models/models.yml/not_null_b_id.sql").ShouldContain("as should_error");

        string Run(string path) => File.ReadAllText(Path.Combine(project.Folder, "target/run/shop", path)).Trim();
    }

    [Fact]
    public async Task A_view_that_somebody_reads_for_long_holds_up_nobody_elses_view()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select 2 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        await using var source = NpgsqlDataSource.Create(project.ConnectionString);
        await using var reader = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var reading = new NpgsqlCommand("select * from dev.b", reader))
            await reading.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var running = project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options(), Threads = 1 });
        while (await project.ScalarAsync("select count(*) from pg_locks where not granted and relation = 'dev.b'::regclass") == "0")
            running.IsCompleted.ShouldBeFalse();

        (await project.ScalarAsync("set statement_timeout = '20s'; select id from dev.a")).ShouldBe("1");
        running.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        (await running).ShouldSucceed();
    }

    [Fact]
    public async Task A_table_that_fails_leaves_the_old_one_in_place()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", "{{ config(materialized='table') }} select 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        project.Model("t", "{{ config(materialized='table', post_hook='select 1 / 0') }} select 2 as id");
        (await project.RunAsync(RunVerb.Run)).Of("t").Status.ShouldBe(NodeStatus.Error);

        (await project.ScalarAsync("select id from dev.t")).ShouldBe("1");
        (await project.ScalarAsync("select count(*) from pg_tables where schemaname = 'dev'")).ShouldBe("1");
    }

    [Fact]
    public async Task A_view_of_somebody_elses_goes_on_with_the_new_table()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", "{{ config(materialized='table') }} select 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        await project.ExecuteAsync("create view report as select id from dev.t");

        project.Model("t", "{{ config(materialized='table') }} select 2 as id, 'x' as name");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select id from report")).ShouldBe("2");
        (await project.ScalarAsync("select count(*) from pg_tables where schemaname = 'dev'")).ShouldBe("1");
    }

    [Fact]
    public async Task A_view_whose_columns_change_is_swapped_and_its_readers_follow()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id, 2 as gone").Model("b", "select id from {{ ref('a') }}");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        project.Model("a", "select 'x' as name, 7 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select name from dev.a")).ShouldBe("x");
        (await project.ScalarAsync("select id from dev.b")).ShouldBe("7");
        (await project.ScalarAsync("select count(*) from pg_views where schemaname = 'dev'")).ShouldBe("2");
    }

    [Theory]
    [InlineData("view", "table")]
    [InlineData("table", "view")]
    [InlineData("view", "materialized_view")]
    [InlineData("materialized_view", "table")]
    [InlineData("table", "incremental")]
    [InlineData("view", "incremental")]
    public async Task A_model_may_change_its_materialization(string before, string after)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", $"{{{{ config(materialized='{before}') }}}} select 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        project.Model("m", $"{{{{ config(materialized='{after}') }}}} select 2 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select max(id) from dev.m")).ShouldBe("2");
        (await project.ScalarAsync("select count(*) from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'dev'")).ShouldBe("1");
    }

    [Fact]
    public async Task Odd_names_are_quoted_wherever_they_stand()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("odd", "{{ config(materialized='table', alias='Ünï \"x\" y', schema='two words') }} select 1 as \"a b\"")
            .Model("reader", "select \"a b\" as id from {{ ref('odd') }}");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select id from dev.reader")).ShouldBe("1");
        (await project.ScalarAsync("select \"a b\" from \"dev_two words\".\"Ünï \"\"x\"\" y\"")).ShouldBe("1");
    }

    [Fact]
    public async Task A_name_of_sixty_three_bytes_is_built_and_a_longer_one_is_refused()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        var longest = new string('n', 63);
        project.Model(longest, "{{ config(materialized='table') }} select 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        project.Model(longest + "n", "select 1 as id");
        var refused = await Should.ThrowAsync<RunException>(() => project.RunAsync(RunVerb.Run));

        refused.Diagnostics.ShouldHaveSingleItem().Message.ShouldContain("has 64 bytes, of which PostgreSQL keeps 63");
    }

    [Fact]
    public async Task Fail_fast_starts_nothing_more()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 / 0 as id from nowhere");
        for (var i = 0; i < 20; i++)
            project.Model($"b{i}", "select 1 as id");

        var summary = await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options(), FailFast = true, Threads = 1 });

        summary.Results.Count.ShouldBe(21);
        summary.Count(NodeStatus.Error).ShouldBe(1);
        summary.Count(NodeStatus.Skipped).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Hooks_run_around_the_model_and_around_the_run()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", """
            name: shop
            version: '1.0'
            profile: shop
            on-run-start: create table if not exists dev.log (at serial, what text)
            on-run-end: ["insert into dev.log (what) values ('end')"]
            """)
            .Model("m", """
                {{ config(materialized='table',
                    pre_hook="insert into dev.log (what) values ('before {{ this.identifier }}')",
                    post_hook=["insert into dev.log (what) select 'after ' || count(*) from {{ this }}", {"sql": "vacuum {{ this }}", "transaction": false}]) }}
                select 1 as id
                """);

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.RowsAsync("select what from dev.log order by at")).ShouldBe(["before m", "after 1", "end"]);
    }

    [Fact]
    public async Task Indexes_grants_and_descriptions_come_with_the_table()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", """
            {{ config(materialized='table', indexes=[{'columns': ['id'], 'unique': true}, {'columns': ['name'], 'type': 'hash'}],
                grants={'select': ['public']}, persist_docs={'relation': true, 'columns': true}) }}
            select 1 as id, 'x' as name
            """)
            .Write("models/schema.yml", """
                models:
                  - name: m
                    description: What it's for
                    columns:
                      - {name: id, description: "The id"}
                      - {name: not_there, description: "Nothing"}
                """);

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select count(*) from pg_indexes where schemaname = 'dev' and tablename = 'm'")).ShouldBe("2");
        (await project.ScalarAsync("select obj_description('dev.m'::regclass), col_description('dev.m'::regclass, 1)")).ShouldBe("What it's for|The id");
        (await project.ScalarAsync("select count(*) from information_schema.role_table_grants where table_name = 'm' and grantee = 'PUBLIC'")).ShouldBe("1");
    }

    [Theory]
    [InlineData("view")]
    [InlineData("table")]
    [InlineData("incremental")]
    public async Task Grants_that_are_no_longer_configured_are_taken_back(string materialized)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        var (first, second) = ($"first_{Guid.NewGuid():N}", $"Second {Guid.NewGuid():N}");
        await project.ExecuteAsync($"create role {first}; create role \"{second}\"");
        project.Model(
            "m", $"{{{{ config(materialized='{materialized}', grants={{'select': ['{first}', '{second}'], 'insert': ['{second}']}}) }}}} select 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        project.Model("m", $"{{{{ config(materialized='{materialized}', grants={{'select': ['{second}']}}) }}}} select 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.RowsAsync(
            "select privilege_type || ' ' || grantee from information_schema.role_table_grants where table_name = 'm' and grantee <> 'postgres' and grantor " +
            "<> grantee"))
            .ShouldBe([$"SELECT {second}"]);
    }

    [Fact]
    public async Task A_folder_without_a_project_is_said_in_one_line()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        File.Delete(Path.Combine(project.Folder, "dbt_project.yml"));

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run");

        exitCode.ShouldBe(2);
        errors.ShouldContain("dbt_project.yml");
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_var_may_hold_a_template_of_whoever_asks_for_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", """
            name: shop
            profile: shop
            vars:
              shop: {input: "{{ ref('z') }}"}
              again: "{{ var('again') }}"
            """)
            .Model("a", "select id, $${{ var('again') }}$$ as text from {{ var('input') }}")
            .Model("z", "select 1 as id");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.RowsAsync("select id, text from dev.a")).ShouldBe(["1|{{ var('again') }}"]);
    }
}
