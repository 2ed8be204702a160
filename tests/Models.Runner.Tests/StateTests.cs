using System.Text.Json.Nodes;
using Models.Engine;

namespace Models.Runner.Tests;

public sealed class StateTests(PostgresFixture postgres) : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("leadline-state-").FullName;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    private async Task<TestProject> CreateAsync()
    {
        var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select id from {{ ref('a') }}").Model("c", "select id from {{ ref('b') }}");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        foreach (var file in Directory.GetFiles(Path.Combine(project.Folder, "target"), "*.json"))
            File.Copy(file, Path.Combine(_state, Path.GetFileName(file)));
        return project;
    }

    [Fact]
    public async Task What_a_model_says_to_its_readers_and_an_exposure_are_modified_too()
    {
        await using var project = await CreateAsync();
        project.Write("models/schema.yml", """
            models:
              - {name: a, access: public}
              - {name: c, deprecation_date: 2999-01-01}
            exposures:
              - {name: board, type: dashboard, owner: {name: Ann}, depends_on: [ref('b')]}
            """);
        (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", "state:modified", "--resource-type", "model exposure")).Output
            .Split((char)10, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ShouldBe(["exposure:shop.board", "shop.a", "shop.c"]);

        (await LeadlineProcess.RunAsync(project, "parse")).ExitCode.ShouldBe(0);
        File.Copy(Path.Combine(project.Folder, "target", "manifest.json"), Path.Combine(_state, "manifest.json"), overwrite: true);
        (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", "state:modified")).Output.ShouldBe("");
        project.Write("models/schema.yml", (
            await File.ReadAllTextAsync(Path.Combine(project.Folder, "models/schema.yml"), TestContext.Current.CancellationToken)).Replace("Ann", "Ben"));
        (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", "state:modified")).Output.ShouldBe("exposure:shop.board\n");
    }

    [Theory]
    [InlineData("Twice", "Double", "metric:shop.twice")]
    [InlineData("agg: count", "agg: sum", "semantic_model:shop.orders")]
    [InlineData("limit: 5", "limit: 6", "saved_query:shop.asked")]
    [InlineData("export_as: table", "export_as: view", "saved_query:shop.asked")]
    public async Task Metrics_semantic_models_and_saved_queries_are_modified_too(string before, string after, string expected)
    {
        const string Yaml = """
            semantic_models:
              - {name: orders, model: ref('orders'), defaults: {agg_time_dimension: at}, dimensions: [{name: at, type: time}], measures: [{name: n, agg: count, create_metric: true}]}
            metrics:
              - {name: twice, label: Twice, type: derived, type_params: {expr: n * 2, metrics: [n]}}
            saved_queries:
              - {name: asked, query_params: {metrics: [twice], limit: 5}, exports: [{name: there, config: {export_as: table}}]}
            """;
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("orders", "select 1 as id, now() as at").Write("models/all.yml", Yaml);
        (await LeadlineProcess.RunAsync(project, "parse")).ExitCode.ShouldBe(0);
        File.Copy(Path.Combine(project.Folder, "target", "manifest.json"), Path.Combine(_state, "manifest.json"));
        (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", "state:modified")).Output.ShouldBe("");

        project.Write("models/all.yml", Yaml.Replace(before, after));

        (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", "state:modified")).Output
            .Split((char)10, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ShouldBe(expected.Split(' '));
    }

    [Fact]
    public async Task New_and_modified_nodes_are_those_that_differ_from_the_state()
    {
        await using var project = await CreateAsync();
        (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", "state:modified")).Output.ShouldBe("");

        project.Model("b", "select id + 1 as id from {{ ref('a') }}").Model("d", "select 1 as id");

        (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", "state:modified+")).Output.Split(
            (char)10, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ShouldBe(["shop.b", "shop.c", "shop.d"]);
        (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", "state:new")).Output.ShouldBe("shop.d\n");
        (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", "state:unmodified")).Output.ShouldBe("shop.a\nshop.c\n");
        (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", "result:success")).Output.ShouldContain("shop.a");
    }

    [Fact]
    public async Task Configurations_macros_and_seeds_count_as_modified()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("plain", "select 1 as id")
            .Model("configured", "{{ config(meta={'at': 1}) }} select 1 as id")
            .Write("models/t.yml", "models: [{name: plain, config: {tags: [x]}}]\n")
            .Model("calling", "select {{ outer_macro() }} as id")
            .Write("macros/m.sql", "{% macro outer_macro() %}{{ inner_macro() }}{% endmacro %}\n{% macro inner_macro() %}1{% endmacro %}")
            .Write("seeds/s.csv", "id\n1\n");
        (await project.BuildAsync()).ShouldSucceed();
        File.Copy(Path.Combine(project.Folder, "target/manifest.json"), Path.Combine(_state, "manifest.json"));
        (await ModifiedAsync(project, "state:modified")).ShouldBe("");

        // as in dbt, tags are no change
        project.Model("configured", "{{ config(meta={'at': 2}) }} select 1 as id")
            .Write("models/t.yml", "models: [{name: plain, config: {tags: [y]}}]\n")
            .Write("macros/m.sql", "{% macro outer_macro() %}{{ inner_macro() }}{% endmacro %}\n{% macro inner_macro() %}2{% endmacro %}")
            .Write("seeds/s.csv", "id\n2\n");

        (await ModifiedAsync(project, "state:modified")).ShouldBe("calling configured s");
        (await ModifiedAsync(project, "state:modified.macros")).ShouldBe("calling");
        (await ModifiedAsync(project, "state:modified.configs")).ShouldBe("configured");
    }

    [Theory]
    [InlineData("models: {+materialized: \"{{ 'table' if target.name == 'prod' else 'view' }}\"}", "", "select 1 as id")]
    [InlineData("models: {+schema: \"{{ env_var('SHOP_SCHEMA', '') or none }}\", +alias: \"{{ target.name }}_x\"}", "", "select 1 as id")]
    [InlineData("", "models: [{name: m, config: {materialized: \"{{ env_var('SHOP_FORM', 'view') }}\", meta: {at: \"{{ target.name }}\"}}}]", "select 1 as id")]
    [InlineData("", "", "{{ config(materialized='table' if target.name == 'prod' else 'view', alias=target.name ~ '_m') }} select 1 as id")]
    public async Task Another_target_or_environment_is_no_change(string settings, string properties, string sql)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", $"name: shop\nversion: '1.0'\nprofile: shop\n{settings}\n").Model("m", sql).Write("models/m.yml", properties)
            .Write("profiles.yml",
                "shop: {target: dev, outputs: {dev: &o {type: postgres, host: h, user: u, password: p, port: 1, dbname: d, schema: s}, prod: *o}}");
        var environment = new Dictionary<string, string> { ["SHOP_SCHEMA"] = "elsewhere", ["SHOP_FORM"] = "table" };
        (await LeadlineProcess.RunAsync(project, ["parse", "--target", "prod"], environment)).ExitCode.ShouldBe(0);
        File.Copy(Path.Combine(project.Folder, "target/manifest.json"), Path.Combine(_state, "manifest.json"));

        (await ModifiedAsync(project, "state:modified")).ShouldBe("");

        // what is written is a change
        project.Write("dbt_project.yml", $"name: shop\nversion: '1.0'\nprofile: shop\nmodels: {{+on_schema_change: fail}}\n");
        (await ModifiedAsync(project, "state:modified")).ShouldBe("m");
    }

    [Fact]
    public async Task A_source_in_another_schema_is_a_change_and_in_that_of_another_environment_is_none()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        void Sources(string schema) =>
            project.Write("models/s.yml", $"sources: [{{name: raw, schema: \"{schema}\", tables: [{{name: t, columns: [{{name: id, data_type: int}}]}}]}}]");
        Sources("{{ env_var('SHOP_RAW', 'raw') }}");
        var environment = new Dictionary<string, string> { ["SHOP_RAW"] = "raw_prod" };
        (await LeadlineProcess.RunAsync(project, ["parse"], environment)).ExitCode.ShouldBe(0);
        File.Copy(Path.Combine(project.Folder, "target/manifest.json"), Path.Combine(_state, "manifest.json"));

        (await ModifiedAsync(project, "state:modified")).ShouldBe("");

        Sources("other");
        (await ModifiedAsync(project, "state:modified")).ShouldBe("t");
    }

    [Fact]
    public async Task A_change_that_breaks_a_contract_is_a_warning_and_for_a_versioned_model_an_error()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        const string Free = "{name: free, config: {contract: {enforced: true}, materialized: table}, constraints: [{type: primary_key, columns: [id]}], "
            + "columns: [{name: id, data_type: int, constraints: [{type: not_null}]}, {name: label, data_type: text}]}";
        const string Fixed = "{name: fixed, config: {contract: {enforced: true}}, versions: [{v: 1}], columns: [{name: id, data_type: int}, {name: code, data_type: string}]}";
        project.Model("free", "select 1 as id, 'x' as label").Model("fixed", "select 1 as id, 'a' as code");
        Properties(Free, Fixed);
        (await LeadlineProcess.RunAsync(project, "parse")).ExitCode.ShouldBe(0);
        File.Copy(Path.Combine(project.Folder, "target/manifest.json"), Path.Combine(_state, "manifest.json"));
        (await ModifiedAsync(project, "state:modified")).ShouldBe("");

        // dbt's manifest keeps the alias 'string'
        var manifest = Path.Combine(_state, "manifest.json");
        var parsed = JsonNode.Parse(File.ReadAllText(manifest))!;
        parsed["nodes"]!["model.shop.fixed.v1"]!["columns"]!["code"]!["data_type"] = "string";
        File.WriteAllText(manifest, parsed.ToJsonString());
        (await ListAsync("state:modified")).ExitCode.ShouldBe(0);

        Properties(Free.Replace("data_type: text", "data_type: varchar").Replace(", constraints: [{type: not_null}]", "").Replace("table", "view"), Fixed);
        var (exitCode, output) = await ListAsync("state:modified.contract");
        exitCode.ShouldBe(0);
        output.ShouldContain("Breaking change to the contract of the model 'model.shop.free' (models/free.sql) since the earlier state: "
            + "Enforced column level constraints were removed: not_null of column id; Columns with data_type changes: label (text -> varchar); "
            + "Materialization changed with enforced constraints: table -> view");
        (await ListAsync("state:modified.contract", "--warn-error")).ExitCode.ShouldBe(2);

        Properties(Free.Replace(", {name: label, data_type: text}", "").Replace("columns: [id]", "columns: [id, label]"), Fixed);
        (await ListAsync("state:modified")).Output.ShouldContain("Enforced model level constraints were removed: primary_key (id)");
        Properties(Free.Replace("enforced: true", "enforced: false"), Fixed);
        (await ListAsync("state:modified")).Output.ShouldContain("Contract enforcement was removed");

        Properties(Free, Fixed.Replace("data_type: int", "data_type: bigint"));
        (exitCode, output) = await ListAsync("state:modified");
        exitCode.ShouldBe(2);
        output.ShouldContain("'model.shop.fixed.v1' (models/fixed.sql) since the earlier state: Columns with data_type changes: id (int -> bigint). Keep what");
        Properties(Free, Fixed.Replace("true}}", "true}, enabled: false}"));
        (await ListAsync("state:modified")).Output.ShouldContain("Contracted model 'model.shop.fixed.v1' was disabled.");
        File.Delete(Path.Combine(project.Folder, "models/fixed.sql"));
        Properties(Free, "{name: free_too}");
        (await ListAsync("state:modified")).Output.ShouldContain("Contracted model 'model.shop.fixed.v1' was deleted or renamed.");

        void Properties(string free, string other) => project.Write("models/schema.yml", $"models:\n  - {free}\n  - {other}\n");

        async Task<(int ExitCode, string Output)> ListAsync(params string[] selection)
        {
            var (code, text, errors) = await LeadlineProcess.RunAsync(project, ["ls", "--state", _state, "--select", .. selection]);
            return (code, text + errors);
        }
    }

    private async Task<string> ModifiedAsync(TestProject project, string selector) =>
        string.Join(' ', (await LeadlineProcess.RunAsync(project, "ls", "--state", _state, "--select", selector, "--output", "name")).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    [Fact]
    public async Task What_is_not_selected_is_read_from_where_the_state_has_it()
    {
        await using var project = await CreateAsync();
        var elsewhere = project.ConnectionString.Replace("Search Path=dev", "Search Path=other");

        var summary = await project.RunAsync(new RunOptions
        {
            Verb = RunVerb.Run,
            Compile = project.Options() with { ConnectionString = elsewhere },
            Selection = new() { Select = ["c"] },
            State = _state,
            Defer = true,
        });

        summary.ShouldSucceed();
        (await project.ScalarAsync("select id from other.c")).ShouldBe("1");
        (await project.ScalarAsync("select to_regclass('other.b') is null")).ShouldBe("True");
    }

    [Fact]
    public async Task Clones_are_views_on_what_the_state_has()
    {
        await using var project = await CreateAsync();
        var profile = project.ConnectionString;
        project.Write("profiles.yml", "shop: {target: x, outputs: {x: {type: postgres, host: h, user: u, password: p, port: 1, dbname: d, schema: s}}}");

        (await LeadlineProcess.RunAsync(project, ["clone", "--state", _state], profile.Replace("Search Path=dev", "Search Path=copy"))).Errors.ShouldBe("");

        (await project.ScalarAsync("select id from copy.c")).ShouldBe("1");
    }

    [Fact]
    public async Task What_is_not_where_the_state_has_it_is_not_cloned()
    {
        await using var project = await CreateAsync();
        await project.ExecuteAsync("drop view dev.c cascade");
        var copy = project.ConnectionString.Replace("Search Path=dev", "Search Path=copy", StringComparison.Ordinal);

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, ["clone", "--state", _state], copy);

        exitCode.ShouldBe(0, errors);
        output.ShouldContain("\"dev\".\"c\" does not exist; \"copy\".\"c\" stays unchanged");
        (await project.ScalarAsync("select to_regclass('copy.a') is not null")).ShouldBe("True");
    }

    [Fact]
    public async Task Statements_say_which_node_they_belong_to()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("seen", "{{ config(materialized='table') }} select query from pg_stat_activity where pid = pg_backend_pid()");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select query like '%\"node_id\":\"model.shop.seen\"%' from dev.seen")).ShouldBe("True");
    }

    [Fact]
    public async Task The_last_hooks_know_how_the_run_went()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", """
            name: shop
            version: '1.0'
            profile: shop
            on-run-end: "create table dev.log as select '{% for r in results %}{{ r.node.name }} {{ r.status }} {% endfor %}{{ schemas | join(',') }}' as line"
            """).Model("a", "select 1 as id");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select line from dev.log")).ShouldBe("a success dev");
    }
}
