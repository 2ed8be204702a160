using System.Text.Json;
using Models.Engine;

namespace Models.Runner.Tests;

/// <summary>Verbs and flags as scripts written for dbt use them.</summary>
public sealed class VerbTests(PostgresFixture postgres)
{
    [Fact]
    public async Task List_prints_the_keys_that_are_asked_for()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Write("models/a.yml", "models: [{name: a, description: First, columns: [{name: id, data_tests: [not_null]}]}]\n");

        using var asked = JsonDocument.Parse(
            (await LeadlineProcess.RunAsync(project, "ls", "--models", "a", "--output", "json", "--output-keys", "name description path")).Output);
        asked.RootElement.EnumerateObject().Select(p => $"{p.Name}={p.Value}").ShouldBe(["name=a", "description=First", "path=a.sql"]);
        using var usual = JsonDocument.Parse((await LeadlineProcess.RunAsync(project, "ls", "--models", "a", "--output", "json")).Output);
        usual.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["alias", "name", "package_name", "depends_on", "tags", "config", "resource_type", "original_file_path", "unique_id"]);
        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "ls", "-s", "tag:none");
        exitCode.ShouldBe(0);
        output.ShouldBe("");
        errors.ShouldContain("No nodes selected!");
    }

    [Fact]
    public async Task An_unknown_option_after_a_selection_is_no_part_of_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run", "--select", "a", "--full-refesh");

        exitCode.ShouldBe(2);
        errors.ShouldStartWith("There is no option '--full-refesh'.");
    }

    [Fact]
    public async Task Compile_and_show_answer_in_words_or_json_and_defer()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='table') }} select 7 as id").Model("b", "select id + 1 as id from {{ ref('a') }}");
        var production = project.ConnectionString.Replace("Search Path=dev", "Search Path=prod", StringComparison.Ordinal);
        (await LeadlineProcess.RunAsync(project, ["run", "--target-path", "prod-run"], production)).ExitCode.ShouldBe(0);

        (await LeadlineProcess.RunAsync(project, "compile", "-s", "b")).Output.ShouldContain("Compiled node 'b' is:\nselect id + 1 as id from ");
        (await LeadlineProcess.RunAsync(project, "compile", "-q", "-s", "b")).Output.ShouldBe(
            "select id + 1 as id from \"" + Database(project) + "\".\"dev\".\"a\"\n");
        (await LeadlineProcess.RunAsync(project, "compile", "-q", "--inline", "select {{ 1 + 1 }}")).Output.ShouldBe("select 2\n");
        using (var compiled = JsonDocument.Parse(
            (await LeadlineProcess.RunAsync(project, "compile", "-q", "-s", "b", "--defer", "--state", "prod-run", "--output", "json")).Output))
            compiled.RootElement.GetProperty("compiled").GetString()!.ShouldContain("\"prod\".\"a\"");
        (await LeadlineProcess.RunAsync(project, "show", "-s", "b", "--defer", "--state", "prod-run")).Output.ShouldBe(
            "Previewing node 'b':\n| id |\n| -- |\n| 8  |\n\n");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "show", "-s", "b");
        exitCode.ShouldBe(2);
        errors.Trim().ShouldEndWith("b.sql: relation \"dev.a\" does not exist");
        (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "show", "--inline", "select nothing", "--limit", "3");
        exitCode.ShouldBe(2);
        errors.Trim().ShouldBe("Database Error in inline query: column \"nothing\" does not exist");
        (await LeadlineProcess.RunAsync(project, "compile", "-s", "b", "--inline", "select 1")).ExitCode.ShouldBe(2);
        (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, ["show", "-s", "b"], "Host=127.0.0.1;Port=1;Database=x;Username=u");
        exitCode.ShouldBe(2);
        errors.Trim().ShouldBe("Failed to connect to 127.0.0.1:1; 'leadline debug' shows the connection in force.");
    }

    [Fact]
    public async Task The_log_as_json_describes_nodes_as_dbt_does()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='table') }} select 1 as id");

        var output = (await LeadlineProcess.RunAsync(project, "run", "--log-format", "json")).Output;

        var events = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        events.Select(e => e.GetProperty("info").GetProperty("invocation_id").GetString()).Distinct().Count().ShouldBe(1);
        var ended = events.Single(e => e.GetProperty("info").GetProperty("name").GetString() == "LogNodeResult").GetProperty("data");
        ended.GetProperty("status").GetString().ShouldBe("success");
        ended.GetProperty("node_info").GetProperty("node_status").GetString().ShouldBe("success");
        ended.GetProperty("node_info").GetProperty("materialized").GetString().ShouldBe("table");
        ended.GetProperty("node_info").GetProperty("node_relation").GetProperty("alias").GetString().ShouldBe("a");
    }

    [Theory]
    [InlineData("--inline-direct", "drop table dev.kept", "-1", "cannot execute DROP TABLE in a read-only transaction")]
    [InlineData("--inline", "drop table dev.kept", "-1", "cannot execute DROP TABLE in a read-only transaction")]
    [InlineData("--inline", "{{ config(sql_header='select 1;') }} drop table dev.kept", "-1", "cannot execute DROP TABLE in a read-only transaction")]
    [InlineData("--inline-direct", "do $$ begin commit; drop table dev.kept; end $$", "-1", "invalid transaction termination")]
    [InlineData("--inline-direct", "commit; drop table dev.kept", "-1",
        "The SQL has several statements, of which only one query can be shown; remove the semicolon between them.")]
    [InlineData("--inline-direct", "select 1) as x; rollback; begin read write; drop table dev.kept; commit; select * from (select 2 as b", "5",
        "The SQL has several statements, of which only one query can be shown; remove the semicolon between them.")]
    public async Task What_is_shown_changes_nothing(string option, string sql, string limit, string expected)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create schema dev; create table dev.kept (id int)");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "show", option, sql, "--limit", limit);

        exitCode.ShouldBe(2);
        errors.ShouldContain(expected);
        (await project.ScalarAsync("select count(*) from dev.kept")).ShouldBe("0");
    }

    [Fact]
    public async Task Seeds_that_were_loaded_can_be_shown()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/people.csv", "id,name\n1,Ann\n");

        (await LeadlineProcess.RunAsync(project, "seed", "--show")).Output.ShouldContain("| id | name |\n| -- | ---- |\n| 1  | Ann  |");
    }

    [Fact]
    public async Task A_macro_that_fails_or_is_not_there_ends_with_one()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("macros/m.sql", "{% macro broken() %}{% do run_query('select nothing') %}{% endmacro %}");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run-operation", "broken");
        exitCode.ShouldBe(1);
        errors.ShouldContain("column \"nothing\" does not exist");
        (await LeadlineProcess.RunAsync(project, "run-operation", "nope")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Lines_of_json_hold_what_a_macro_logs_and_the_variables_meant_for_logs()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("macros/m.sql", "{% macro told(a) %}{{ log(invocation_args_dict['macro'] ~ invocation_args_dict['args']) }}{% endmacro %}");

        var (_, lines, _) = await LeadlineProcess.RunAsync(
            project, ["--debug", "--log-format", "json", "run-operation", "told", "--args", "{a: 7}"],
            new Dictionary<string, string> { ["DBT_ENV_CUSTOM_ENV_RUN"] = "42" });

        lines.ShouldContain("\"data\":{\"msg\":\"told{'a': 7}\"}");
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => line.Contains("\"extra\":{\"RUN\":\"42\"}"));
    }

    [Fact]
    public async Task A_package_can_be_added()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("packages.yml", "packages:\n    - local: own # ours\n").Write("own/dbt_project.yml", "name: own\n");
        await using var hub = await PackageServer.StartAsync();
        hub.Add("dbt-labs/dbt_utils", "1.3.0", ("dbt_project.yml", "name: dbt_utils\n"));

        (await hub.RunAsync(project, "deps", "--add-package", "dbt-labs/dbt_utils@1.3.0", "--lock")).ShouldBeEmpty();
        File.ReadAllText(Path.Combine(project.Folder, "packages.yml"))
            .ShouldBe("packages:\n    - package: dbt-labs/dbt_utils\n      version: \"1.3.0\"\n    - local: own # ours\n");
        (await hub.RunAsync(project, "deps", "--add-package", "dbt-labs/dbt_utils", "--lock")).ShouldContain("needs a version");
    }

    [Theory]
    [InlineData("--threads takes 1 or more, not 0.", "run", "--threads", "0")]
    [InlineData("--event-time-start and --event-time-end go together; give both.", "run", "--event-time-start", "2026-01-01")]
    [InlineData("--event-time-start must be before --event-time-end.", "run", "--event-time-start", "2026-01-02", "--event-time-end", "2026-01-01")]
    [InlineData("--defer reads from an earlier run: name its folder with --state or --defer-state.", "run", "--defer", "-q")]
    [InlineData("--defer reads from an earlier run: name its folder with --state or --defer-state.", "compile", "--defer", "-q")]
    [InlineData("'leadline clone' compares with an earlier run: name its folder with --state.", "clone")]
    [InlineData("Name the project: leadline init NAME.", "init")]
    public async Task A_command_that_makes_no_sense_is_told_in_one_line(string expected, params string[] arguments)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, arguments);

        exitCode.ShouldBe(2);
        errors.Trim().ShouldBe(expected);
    }

    [Theory]
    [InlineData("leadline ", "--version")]
    [InlineData("leadline ", "-v")]
    [InlineData("connection test: OK", "debug", "--connection")]
    [InlineData("", "source", "snapshot-freshness")]
    public async Task A_question_is_answered(string expected, params string[] arguments)
    {
        await using var project = await TestProject.CreateAsync(postgres);

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, arguments);

        exitCode.ShouldBe(0, errors);
        output.ShouldStartWith(expected);
    }

    [Fact]
    public async Task The_project_is_looked_for_upwards()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("deep/a", "select 1 as id");

        var (exitCode, output, errors) = await LeadlineProcess.RunInAsync(project, "models/deep", "ls");

        exitCode.ShouldBe(0, errors);
        output.ShouldBe("shop.deep.a\n");
    }

    [Fact]
    public async Task Documentation_is_one_page_that_can_be_served_or_sent()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id, '</script><!-- <script>' as text").Write("models/a.yml", "models: [{name: a, description: The first.}]\n");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "docs", "generate", "--static");

        exitCode.ShouldBe(0, output + errors);
        using (var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "target/manifest.json"))))
            manifest.RootElement.GetProperty("nodes").GetProperty("model.shop.a").GetProperty("compiled_code").GetString()!.ShouldStartWith("select 1");
        var page = File.ReadAllText(Path.Combine(project.Folder, "target/static_index.html"));
        page.ShouldContain("The first.");
        page.Split("</script>").Length.ShouldBe(3);
        page.ShouldNotContain("<!--");
    }

    private static string Database(TestProject project) => new Npgsql.NpgsqlConnectionStringBuilder(project.ConnectionString).Database!;
}
