namespace Models.Runner.Tests;

/// <summary><c>leadline sources infer</c>, as a user calls it.</summary>
public sealed class ContractCommandTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("orders.tsv", "id\tname\n1\tAnn\n", "csv")]
    [InlineData("orders.JSONL", "{\"id\": 1, \"name\": \"Ann\"}\n", "ndjson")]
    public async Task The_ending_of_a_file_says_its_format(string file, string content, string format)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write(file, content);

        var (exitCode, output, _) = await LeadlineProcess.RunAsync(project, "sources", "infer", Path.Combine(project.Folder, file));

        exitCode.ShouldBe(0);
        output.ShouldContain("name: orders\n");
        output.ShouldContain($"format: {format}\n");
        output.ShouldContain("  - {name: id, type: bigint, required: true}\n");
    }

    [Fact]
    public async Task A_file_of_an_unknown_ending_is_refused_with_those_that_are_known()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("orders.pdf", "x");
        var file = Path.Combine(project.Folder, "orders.pdf");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, "sources", "infer", file);

        exitCode.ShouldBe(2);
        errors.ShouldBe(
            $"The format of '{file}' is not known by its name; it ends in none of .csv, .tsv, .txt, .json, .ndjson, .jsonl, .parquet, .avro, .xlsx.\n");
    }
}
