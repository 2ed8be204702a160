using System.Text.Json;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Tests.Inference;

/// <summary>The JSON schema in the repository says what the reader of contracts knows.</summary>
public sealed class ContractSchemaTests
{
    private static readonly string File = Path.Combine(TestPaths.Repository, "docs", "contract.schema.json");

    [Fact]
    public void The_file_is_the_one_that_is_generated() =>
        System.IO.File.ReadAllText(File).ShouldBe(ContractSchema.Generate(ConnectorTable.Formats), "write it with 'leadline sources schema > docs/contract.schema.json'");

    [Theory]
    [InlineData("x: 1", "")]
    [InlineData("options: {x: 1}", "properties/options")]
    [InlineData("options: {paging: {x: 1}}", "properties/options/properties/paging")]
    [InlineData("options: {auth: {x: 1}}", "properties/options/properties/auth")]
    [InlineData("fields: [{name: a, type: text, x: 1}]", "properties/fields/items")]
    public void Its_keys_are_those_that_are_read(string yaml, string path)
    {
        var diagnostics = new DiagnosticBag();
        ContractReader.Read(new SourceText("people.yml", yaml), diagnostics);
        var message = diagnostics.ToSortedList().Single(d => d.Message.StartsWith("Unknown key 'x'", StringComparison.Ordinal)).Message;
        var known = message[(message.IndexOf("expected one of ", StringComparison.Ordinal) + "expected one of ".Length)..].Split(", ");
        var schema = JsonDocument.Parse(System.IO.File.ReadAllText(File)).RootElement;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            schema = schema.GetProperty(part);

        schema.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).ShouldBe(known.Order(StringComparer.Ordinal));
    }
}
