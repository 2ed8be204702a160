using System.Text.Json;

namespace Models.Runner.Tests;

/// <summary>Artifacts in the forms that dbt's own readers take.</summary>
public sealed class ArtifactTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Tests_have_the_servers_answer_times_and_where_their_failures_are()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id")
            .Write("tests/kept.sql", "{{ config(store_failures=true) }} select id from {{ ref('a') }}").Write("tests/plain.sql", "select 1 where false");
        await project.BuildAsync();

        using var document = Read(project, "run_results.json");
        var kept = Result(document, "test.shop.kept");
        kept.GetProperty("adapter_response").GetRawText().ShouldBe("""{"_message":"SELECT 1","code":"SELECT","rows_affected":1}""");
        kept.GetProperty("timing").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ShouldBe(["compile", "execute"]);
        kept.GetProperty("relation_name").GetString().ShouldEndWith("\"dev_dbt_test__audit\".\"kept\"");
        Result(document, "test.shop.plain").GetProperty("relation_name").ValueKind.ShouldBe(JsonValueKind.Null);
        using var manifest = Read(project, "manifest.json");
        manifest.RootElement.GetProperty("nodes").GetProperty("test.shop.kept").GetProperty("relation_name").GetString().ShouldEndWith("\"kept\"");
    }

    [Fact]
    public async Task Freshness_has_moments_of_the_database_with_their_offset()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync(
            "create schema raw; create table raw.t as select timestamptz '2020-01-02 03:04:05+00' as at; create table raw.q as select now() as at");
        project.Write("models/s.yml", """
            sources:
              - name: raw
                freshness: {warn_after: {count: 1, period: day}}
                tables:
                  - {name: t, loaded_at_field: at}
                  - {name: q, config: {loaded_at_query: "select max(at) from {{ this }}"}}
            """);

        (await LeadlineProcess.RunAsync(project, "source", "freshness")).ExitCode.ShouldBe(0);

        using var document = Read(project, "sources.json");
        var table = Result(document, "source.shop.raw.t");
        table.GetProperty("max_loaded_at").GetString().ShouldBe("2020-01-02T03:04:05+00:00");
        table.GetProperty("snapshotted_at").GetString().ShouldEndWith("+00:00");
        table.GetProperty("adapter_response").GetProperty("rows_affected").GetInt32().ShouldBe(1);
        table.GetProperty("timing").GetArrayLength().ShouldBe(2);
        Result(document, "source.shop.raw.q").GetProperty("status").GetString().ShouldBe("pass");
    }

    [Fact]
    public async Task Commands_that_call_a_macro_clone_or_document_leave_results_too()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='table') }} select 1 as id").Write("assets/logo.txt", "logo")
            .Write("dbt_project.yml", "name: shop\nprofile: shop\nasset-paths: [assets]\n")
            .Write("macros/m.sql", "{% macro fill() %}{% do run_query('create table dev.filled as select 1 as id') %}{% endmacro %}");
        await project.BuildAsync();

        (await LeadlineProcess.RunAsync(project, "docs", "generate")).ExitCode.ShouldBe(0);
        using (var document = Read(project, "run_results.json"))
        {
            Result(document, "model.shop.a").GetProperty("status").GetString().ShouldBe("success");
            document.RootElement.GetProperty("args").GetProperty("which").GetString().ShouldBe("generate");
        }

        File.ReadAllText(Path.Combine(project.Folder, "target/assets/logo.txt")).ShouldBe("logo");
        (await LeadlineProcess.RunAsync(project, "clone", "--state", "target")).ExitCode.ShouldBe(0);
        using (var document = Read(project, "run_results.json"))
            Result(document, "model.shop.a").GetProperty("message").GetString().ShouldBe("No-op");

        (await LeadlineProcess.RunAsync(project, "run-operation", "fill")).ExitCode.ShouldBe(0);
        using (var document = Read(project, "run_results.json"))
        {
            var result = Result(document, "macro.shop.fill");
            result.GetProperty("status").GetString().ShouldBe("success");
            result.GetProperty("failures").GetInt32().ShouldBe(0);
            document.RootElement.GetProperty("args").GetProperty("macro").GetString().ShouldBe("fill");
        }
    }

    [Fact]
    public async Task Retry_calls_a_macro_again_that_failed()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("macros/m.sql", "{% macro fill(n) %}{% do run_query('insert into filled values (' ~ n ~ ')') %}{% endmacro %}");
        (await LeadlineProcess.RunAsync(project, "run-operation", "fill", "--args", "{n: 3}")).ExitCode.ShouldBe(1);
        await project.ExecuteAsync("create table filled (id int)");

        (await LeadlineProcess.RunAsync(project, "retry")).Errors.ShouldBe("");

        (await project.ScalarAsync("select max(id) from filled")).ShouldBe("3");
    }

    [Fact]
    public async Task The_manifest_names_the_primary_key_that_constraints_or_tests_make()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("constrained", "select 1 as id, 2 as other").Model("tested", "select 1 as id, 2 as other").Model("open", "select 1 as id").Write("models/m.yml", """
            models:
              - {name: constrained, constraints: [{type: primary_key, columns: [id, other]}], columns: [{name: id, data_tests: [unique]}]}
              - {name: tested, columns: [{name: other, data_tests: [unique]}, {name: id, data_tests: [unique, not_null]}]}
            """);

        (await LeadlineProcess.RunAsync(project, "parse")).ExitCode.ShouldBe(0);

        Keys("constrained").ShouldBe(["id", "other"]);
        Keys("tested").ShouldBe(["id"]);
        Keys("open").ShouldBeEmpty();

        IReadOnlyList<string?> Keys(string model)
        {
            using var manifest = Read(project, "manifest.json");
            return [.. manifest.RootElement.GetProperty("nodes")
                .GetProperty($"model.shop.{model}").GetProperty("primary_key").EnumerateArray().Select(k => k.GetString())];
        }
    }

    [Fact]
    public async Task What_is_disabled_is_described_as_fully_as_what_is_enabled()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(docs={'node_color': 'gold'}) }}select 1 as id").Write("models/d.yml", """
            exposures:
              - {name: board, type: dashboard, owner: {email: a@example.org}, config: {enabled: false}}
            unit_tests:
              - {name: u, model: a, given: [], expect: {rows: [{id: 1}]}, config: {enabled: false}}
            sources:
              - {name: raw, config: {enabled: false}, tables: [{name: t}]}
            """);

        (await LeadlineProcess.RunAsync(project, "parse")).ExitCode.ShouldBe(0);

        using var manifest = Read(project, "manifest.json");
        var disabled = manifest.RootElement.GetProperty("disabled");
        disabled.GetProperty("exposure.shop.board")[0].GetProperty("type").GetString().ShouldBe("dashboard");
        disabled.GetProperty("exposure.shop.board")[0].GetProperty("owner").GetProperty("email").GetString().ShouldBe("a@example.org");
        disabled.GetProperty("unit_test.shop.a.u")[0].GetProperty("model").GetString().ShouldBe("a");
        disabled.GetProperty("source.shop.raw.t")[0].GetProperty("source_name").GetString().ShouldBe("raw");
        manifest.RootElement.GetProperty("nodes").GetProperty("model.shop.a").GetProperty("docs").GetProperty("node_color").GetString().ShouldBe("gold");
    }

    [Fact]
    public async Task Custom_metadata_of_the_environment_stands_in_templates_too()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select '{{ dbt_metadata_envs.team }}' as team");

        (await LeadlineProcess.RunAsync(project, ["run"], new Dictionary<string, string> { ["DBT_ENV_CUSTOM_ENV_team"] = "sales" })).ExitCode.ShouldBe(0);

        (await project.ScalarAsync("select team from dev.a")).ShouldBe("sales");
        using var results = Read(project, "run_results.json");
        results.RootElement.GetProperty("metadata").GetProperty("env").GetProperty("team").GetString().ShouldBe("sales");
    }

    private static JsonDocument Read(TestProject project, string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "target", file)));

    private static JsonElement Result(JsonDocument document, string id) =>
        document.RootElement.GetProperty("results").EnumerateArray().Single(r => r.GetProperty("unique_id").GetString() == id);
}
