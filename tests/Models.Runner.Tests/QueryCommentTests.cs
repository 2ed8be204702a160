using Models.Engine;

namespace Models.Runner.Tests;

public sealed class QueryCommentTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_comment_that_cannot_be_rendered_is_an_error_of_each_node_and_of_each_test()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select 1 as id")
            .Write("models/schema.yml", "models: [{name: a, columns: [{name: id, data_tests: [not_null, unique]}]}]\n");
        (await project.BuildAsync()).ShouldSucceed();
        project.Write("dbt_project.yml", "name: shop\nprofile: shop\nquery-comment: \"{{ comment() }}\"\n")
            .Write("macros/comment.sql", "{% macro comment() %}{{ exceptions.raise_compiler_error('no comment') }}{% endmacro %}");

        var models = await project.RunAsync(RunVerb.Run);
        var tests = await project.RunAsync(RunVerb.Test);

        models.Results.Select(r => r.Status).ShouldBe([NodeStatus.Error, NodeStatus.Error]);
        tests.Results.Select(r => r.Status).ShouldBe([NodeStatus.Error, NodeStatus.Error]);
        models.Results.Concat(tests.Results).ShouldAllBe(r => r.Message.Contains("no comment"));
    }

    [Fact]
    public async Task A_comment_that_would_end_itself_is_an_error()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Write("dbt_project.yml", "name: shop\nprofile: shop\nquery-comment: 'a */ b'\n");

        (await project.RunAsync(RunVerb.Run)).Of("a").Message.ShouldBe("The query comment contains the illegal value '*/', which would end it: a */ b");
    }

    [Fact]
    public async Task Debug_lines_hold_each_statement_that_is_sent_with_its_comment()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Write("dbt_project.yml", "name: shop\nprofile: shop\nquery-comment: '{\"by\": \"shop\"}'\n");

        var (_, lines, _) = await LeadlineProcess.RunAsync(project, "run", "--debug", "--log-format", "json");
        var (_, quiet, _) = await LeadlineProcess.RunAsync(project, "run", "--log-path", "logs");

        lines.ShouldContain("create or replace view \\\"dev\\\".\\\"a\\\" as (\\nselect 1 as id\\n/* {\\\"by\\\": \\\"shop\\\"} */\\n");
        quiet.ShouldNotContain("create or replace view");
        (await File.ReadAllTextAsync(Path.Combine(project.Folder, "logs", "dbt.log")))
            .ShouldContain("create or replace view \"dev\".\"a\" as (\nselect 1 as id");
    }
}
