using System.Text.Json;
using Models.Database;
using Models.Engine;

namespace Models.Runner.Tests;

public sealed class CommandLineTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Build_prints_a_line_for_each_node_and_leaves_its_artifacts()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='table') }} select 1 as id").Write("tests/fine.sql", "select * from {{ ref('a') }} where id is null");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "build");

        errors.ShouldBe("");
        exitCode.ShouldBe(0);
        output.ShouldContain("1 of 2 START sql table model dev.a ");
        output.ShouldContain("1 of 2 OK created sql table model dev.a ");
        output.ShouldContain("[SELECT 1 in ");
        output.ShouldContain("2 of 2 PASS fine ");
        output.ShouldContain("Done. PASS=2 WARN=0 ERROR=0 SKIP=0 NO-OP=0 TOTAL=2");
        File.ReadAllText(Path.Combine(project.Folder, "target/compiled/shop/models/a.sql")).Trim().ShouldBe("select 1 as id");
        using var results = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "target/run_results.json")));
        results.RootElement.GetProperty("metadata")
            .GetProperty("dbt_schema_version").GetString().ShouldBe("https://schemas.getdbt.com/dbt/run-results/v6.json");
        results.RootElement.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetString()).ShouldBe(["success", "pass"]);
        (await project.ScalarAsync("select string_agg(status, ',' order by unique_id) from leadline.node_results")).ShouldBe("success,pass");
    }

    [Fact]
    public async Task A_failure_ends_with_one_and_says_where_it_is()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select nothing from {{ ref('b') }}").Model("b", "select 1 as id");

        var (exitCode, output, _) = await LeadlineProcess.RunAsync(project, "run");

        exitCode.ShouldBe(1);
        output.ShouldContain("ERROR creating sql view model dev.a");
        output.ShouldContain("a.sql(1,8): ");
        output.ShouldContain("column \"nothing\" does not exist");
    }

    [Fact]
    public async Task Explain_prints_what_an_id_means_and_corrects_one_that_does_not_exist()
    {
        await using var project = await TestProject.CreateAsync(postgres);

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "explain", "MDL5001", "mdl1009");
        (exitCode, errors).ShouldBe((0, ""));
        output.ShouldBe("""
            MDL5001 (error; Names and types)
                Column '…' does not exist in …
            MDL1009 (error; The project's files and configuration)
                the profile '…' has no target '…'…

            """.ReplaceLineEndings("\n"));

        (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "explain", "MDL50O1");
        (exitCode, output).ShouldBe((2, ""));
        errors.ShouldBe("There is no diagnostic 'MDL50O1'; did you mean 'MDL5001'?\n");
    }

    [Fact]
    public async Task What_templates_log_and_print_is_shown()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{% if execute %}{{ log('looking at ' ~ this.name, info=true) }}{{ log('not for the console') }}{% endif %} select 1 as id")
            .Write("macros/hello.sql", "{% macro hello(who) %}{{ log('greeting ' ~ who, info=true) }}{% do print('version: 2') %}{% endmacro %}");

        var (exitCode, output, _) = await LeadlineProcess.RunAsync(project, "run");
        exitCode.ShouldBe(0);
        output.ShouldContain("  looking at a\n");
        output.ShouldNotContain("not for the console");

        (_, output, _) = await LeadlineProcess.RunAsync(project, "run-operation", "hello", "--args", "{who: you}");
        output.ShouldContain("  greeting you\nversion: 2\n");
        (_, output, _) = await LeadlineProcess.RunAsync(project, "run-operation", "hello", "--args", "{who: you}", "--quiet");
        output.ShouldBe("version: 2\n");
    }

    [Fact]
    public async Task What_failed_is_run_again_by_retry()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select nothing from {{ ref('a') }}").Model("c", "select * from {{ ref('b') }}");
        (await LeadlineProcess.RunAsync(project, "run")).ExitCode.ShouldBe(1);

        project.Model("b", "select 1 as id from {{ ref('a') }}");
        var (exitCode, output, _) = await LeadlineProcess.RunAsync(project, "retry");

        exitCode.ShouldBe(0);
        output.ShouldContain("TOTAL=2");
        (await LeadlineProcess.RunAsync(project, "retry")).Output.ShouldContain("has nothing to retry");
    }

    [Theory]
    [InlineData("There is no command 'biuld'. 'leadline --help' lists what there is.", "biuld")]
    [InlineData("There is no option '--thread'. 'leadline build --help' lists what there is.", "build", "--thread=2")]
    [InlineData("'many' is no value for '--threads', which takes a whole number. 'leadline build --help' lists what there is.", "build", "--threads", "many")]
    public async Task A_mistake_on_the_command_line_is_one_line(string expected, params string[] arguments)
    {
        await using var project = await TestProject.CreateAsync(postgres);

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, arguments);

        exitCode.ShouldBe(2);
        errors.Trim().ShouldBe(expected);
    }

    [Fact]
    public async Task Flags_of_dbt_that_mean_nothing_here_are_taken()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");

        (await LeadlineProcess.RunAsync(
            project, "--no-partial-parse", "--log-level", "info", "run", "--no-write-json", "-d", "--log-path", "logs", "--no-defer")).ExitCode.ShouldBe(0);
        (await LeadlineProcess.RunAsync(project, "docs", "generate", "--no-compile", "--no-populate-cache")).ExitCode.ShouldBe(0);
        (await LeadlineProcess.RunAsync(project, "debug", "--connection")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Show_and_compile_take_ephemeral_models_and_headers_into_account()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("e", "{{ config(materialized='ephemeral') }} select 7 as id")
            .Model("h", "{% call set_sql_header(config) %}set leadline.word = 'said';{% endcall %} select current_setting('leadline.word') as word");

        (await LeadlineProcess.RunAsync(project, "show", "--inline", "select id from {{ ref('e') }}")).Output.ShouldContain("| 7  |");
        (await LeadlineProcess.RunAsync(project, "compile", "--inline", "select id from {{ ref('e') }}")).Output.ShouldContain("select 7 as id");
        (await LeadlineProcess.RunAsync(project, "show", "--select", "h")).Output.ShouldContain("| said |");
    }

    [Fact]
    public async Task Compile_leaves_results_and_goes_on_after_a_mistake()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select {{ exceptions.raise_compiler_error('not today') if execute }}").Model("c", "select 2 as id")
            .Write("seeds/s.csv", "id\n1\n");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "compile");

        exitCode.ShouldBe(2);
        errors.ShouldContain("not today");
        using var results = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(project.Folder, "target", "run_results.json"), TestContext.Current.CancellationToken));
        results.RootElement.GetProperty("args").GetProperty("which").GetString().ShouldBe("compile");
        results.RootElement.GetProperty("results")
            .EnumerateArray().ToDictionary(r => r.GetProperty("unique_id").GetString()!, r => r.GetProperty("status").GetString())
            .ShouldBe(
                new Dictionary<string, string?>
                {
                    ["model.shop.a"] = "success", ["model.shop.b"] = "error", ["model.shop.c"] = "success", ["seed.shop.s"] = "success",
                },
                ignoreOrder: true);
    }

    [Fact]
    public async Task An_at_sign_selects_and_names_no_file()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select 2 as id").Model("c", "select * from {{ ref('a') }} union all select * from {{ ref('b') }}");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, "ls", "--select", "@a", "--output", "name");

        errors.ShouldBe("");
        exitCode.ShouldBe(0);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["a", "b", "c"], ignoreOrder: true);
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown()
    {
        await using var project = await TestProject.CreateAsync(postgres);

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project);

        exitCode.ShouldBe(2);
        errors.ShouldBe("");
        output.ShouldContain("build ");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=postgres", "correct host and port of ConnectionStrings__warehouse")]
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=postgres", "No PostgreSQL server answers at 127.0.0.1:1")]
    [InlineData("Database=no_such_database", "has no database 'no_such_database'")]
    [InlineData("Password=wrong", "refused user")]
    public async Task A_wrong_connection_is_one_line(string change, string message)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(project.ConnectionString);
        foreach (var pair in change.Split(';'))
            settings[pair.Split('=')[0]] = pair.Split('=')[1];

        var run = () =>
            project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options() with { ConnectionString = settings.ConnectionString } });

        var mistake = await run.ShouldThrowAsync<RunException>();
        mistake.Message.ShouldContain(message);
        mistake.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_project_with_errors_is_not_run()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select * from {{ ref('bee') }}").Model("bees", "select 1 as id");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run");

        exitCode.ShouldBe(2);
        errors.ShouldContain("a.sql(1,");
        errors.ShouldContain("'bee'");
        errors.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData(0, "parse")]
    [InlineData(2, "parse", "--warn-error")]
    [InlineData(2, "ls", "--warn-error-options", "{error: [MDL1019]}")]
    [InlineData(2, "parse", "--warn-error-options", "{include: [UnusedResourceConfigPath]}")]
    [InlineData(0, "parse", "--warn-error-options", "{error: all, warn: [UnusedResourceConfigPath]}")]
    [InlineData(0, "parse", "--warn-error-options", "{include: all, exclude: [MDL1019]}")]
    [InlineData(2, "parse", "--warn-error-options", "{eror: all}")]
    [InlineData(0, "build", "--exclude", "test_type:data")]
    [InlineData(0, "build", "--warn-error-options", "{error: [NoNodesForSelectionCriteria]}")]
    [InlineData(2, "build", "--select", "nothing", "--warn-error-options", "{error: [NoNodesForSelectionCriteria]}")]
    [InlineData(0, "build", "--select", "nothing")]
    [InlineData(1, "build", "--warn-error-options", "{error: [LogTestResult]}")]
    public async Task A_warning_ends_a_command_as_an_error_where_that_is_asked(int expected, params string[] arguments)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nmodels: {shop: {marts: {+materialized: table}}}\n")
            .Model("a", "select 1 as id")
            .Write("tests/warns.sql", "{{ config(severity='warn') }} select * from {{ ref('a') }}");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, arguments);

        exitCode.ShouldBe(expected, output + errors);
        if (expected == 2)
            (errors.Contains("error MDL1019") || errors.Contains("does not match") || errors.Contains("'eror'")).ShouldBeTrue(errors);
    }

    [Fact]
    public async Task A_silenced_warning_is_not_said_and_a_template_s_own_may_be_an_error()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nmodels: {shop: {marts: {+materialized: table}}}\n")
            .Model("a", "{% if execute %}{% do exceptions.warn('old data') %}{% endif %} select 1 as id");

        (await LeadlineProcess.RunAsync(project, "run")).Output.ShouldContain("MDL1019");
        (await LeadlineProcess.RunAsync(project, "run", "--warn-error-options", "{silence: [MDL1019]}")).Output.ShouldNotContain("MDL1019");
        var (exitCode, output, _) = await LeadlineProcess.RunAsync(project, "run", "--warn-error-options", "{error: [JinjaLogWarning]}");

        exitCode.ShouldBe(1);
        output.ShouldContain("error MDL2202: old data");
    }

    [Fact]
    public async Task An_unknown_flag_ends_with_two()
    {
        await using var project = await TestProject.CreateAsync(postgres);

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "run", "--bogus");

        exitCode.ShouldBe(2);
        errors.ShouldContain("--bogus");
    }

    [Fact]
    public async Task List_show_compile_and_debug_answer_questions()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id, 'x' as name").Model("b", "select * from {{ ref('a') }}");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await LeadlineProcess.RunAsync(project, "ls", "--select", "a+")).Output.ShouldBe("shop.a\nshop.b\n");
        (await LeadlineProcess.RunAsync(project, "ls", "--select", "b", "--output", "json", "--output-keys", "name", "unique_id")).Output.ShouldBe(
            "{\"name\":\"b\",\"unique_id\":\"model.shop.b\"}\n");
        (await LeadlineProcess.RunAsync(project, "show", "--select", "b")).Output.ShouldContain("| id | name |\n| -- | ---- |\n| 1  | x    |");
        (await LeadlineProcess.RunAsync(project, "show", "--inline", "select count(*) as n from {{ ref('a') }}", "--output", "json")).Output.ShouldContain(
            "\"n\": 1");
        (await LeadlineProcess.RunAsync(project, "show", "--inline", "select date '2024-02-01' as day, time '10:30' as hour")).Output.ShouldContain(
            "| 2024-02-01 | 10:30:00 |");
        (await LeadlineProcess.RunAsync(project, "compile", "--select", "b")).Output.ShouldContain("\"dev\".\"a\"");
        (await LeadlineProcess.RunAsync(project, "debug")).Output.ShouldContain("connection test: OK");
    }

    [Fact]
    public async Task Json_lines_are_one_object_each()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");

        var (_, output, _) = await LeadlineProcess.RunAsync(project, "run", "--log-format", "json");

        var names = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("info").GetProperty("name").GetString());
        names.ShouldBe(["FoundStats", "ConcurrencyLine", "LogStartLine", "LogNodeResult", "EndRunResult"]);
    }

    [Fact]
    public async Task Freshness_says_how_old_sources_are()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync(
            "create schema raw; create table raw.new as select now() as at; create table raw.old as select now() - interval '3 days' as at");
        project.Write("models/schema.yml", """
            sources:
              - name: raw
                config:
                  loaded_at_field: at
                  freshness: {warn_after: {count: 1, period: day}, error_after: {count: 2, period: day}}
                tables: [{name: new}, {name: old}, {name: any, config: {freshness: null}}]
              - name: other
                config: {freshness: {warn_after: {count: 1, period: day}}}
                tables: [{name: blind}]
            """);

        var (exitCode, output, _) = await LeadlineProcess.RunAsync(project, "source", "freshness");

        exitCode.ShouldBe(1);
        output.ShouldContain("of 3 START freshness of raw.new ");
        output.ShouldContain("PASS freshness of raw.new ");
        output.ShouldContain("ERROR STALE freshness of raw.old ");
        output.ShouldContain("[ERROR STALE in ");
        output.ShouldContain(
            "Error in source other.blind: Source 'other.blind' says how fresh it must be, but not how to tell; add loaded_at_field or loaded_at_query.");
        File.ReadAllText(Path.Combine(project.Folder, "target/sources.json")).ShouldContain("\"max_loaded_at_time_ago_in_s\"");
    }

    [Fact]
    public async Task Docs_are_generated_from_what_is_in_the_database()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='table') }} select 1 as id, 'x' as name");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await LeadlineProcess.RunAsync(project, "docs", "generate")).ExitCode.ShouldBe(0);

        using var catalog = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "target/catalog.json")));
        var table = catalog.RootElement.GetProperty("nodes").GetProperty("model.shop.a");
        table.GetProperty("metadata").GetProperty("type").GetString().ShouldBe("BASE TABLE");
        table.GetProperty("columns").GetProperty("name").GetProperty("type").GetString().ShouldBe("text");
    }

    [Fact]
    public async Task A_macro_can_be_called_by_itself()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write(
            "macros/m.sql", "{% macro fill(n) %}{% do run_query('create table filled as select generate_series(1, ' ~ n ~ ') as id') %}{% endmacro %}");

        (await LeadlineProcess.RunAsync(project, "run-operation", "fill", "--args", "{n: 3}")).Errors.ShouldBe("");

        (await project.ScalarAsync("select count(*) from filled")).ShouldBe("3");
    }
}
