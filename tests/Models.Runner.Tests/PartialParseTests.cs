namespace Models.Runner.Tests;

/// <summary>What a command takes over from the parse before it.</summary>
public sealed class PartialParseTests(PostgresFixture postgres)
{
    private const string Record = "target/partial_parse.leadline";

    [Fact]
    public async Task A_command_sees_every_edit_since_the_last_one()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id")
            .Model("b", "select id from {{ ref('a') }}")
            .Write("models/models.yml", "models: [{name: b, columns: [{name: id, data_tests: [unique]}]}]");
        await BuildAsync(project, "PASS=3");

        project.Model("b", "select 1 as id union all select 1");
        await BuildAsync(project, "ERROR=1", expected: 1);

        project.Write("models/models.yml", "models: [{name: b, columns: [{name: id, data_tests: [not_null]}]}]");
        await BuildAsync(project, "PASS=3");

        project.Model("c", "select 2 as id");
        await BuildAsync(project, "PASS=4");
    }

    [Theory]
    [InlineData(true, "parse")]
    [InlineData(true, "list")]
    [InlineData(false, "parse", "--no-partial-parse")]
    public async Task Every_command_keeps_what_it_parsed_unless_told_not_to(bool kept, params string[] arguments)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, arguments);

        exitCode.ShouldBe(0, errors);
        File.Exists(Path.Combine(project.Folder, Record)).ShouldBe(kept);
    }

    private static async Task BuildAsync(TestProject project, string summary, int expected = 0)
    {
        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(project, ["build"]);

        exitCode.ShouldBe(expected, output + errors);
        output.ShouldContain(summary);
        File.Exists(Path.Combine(project.Folder, Record)).ShouldBeTrue();
    }
}
