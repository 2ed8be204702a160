using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Tests;

public sealed class RepositoryContractTests
{
    [Theory]
    [InlineData("leads", 6)]
    [InlineData("cars", 3)]
    public void Every_contract_of_the_repository_is_valid_and_described(string project, int count)
    {
        var diagnostics = new DiagnosticBag();

        var contracts = ContractReader.ReadAll(Path.Combine(TestPaths.Repository, "Models", "Warehouse", project), diagnostics);

        diagnostics.ToSortedList().ShouldBeEmpty();
        contracts.Count.ShouldBe(count);
        contracts.ShouldAllBe(c => c.Description.Length > 0 && c.Fields.All(f => f.Description.Length > 0));
    }

    [Fact]
    public void No_two_projects_fill_the_same_table()
    {
        var names = Directory.GetDirectories(Path.Combine(TestPaths.Repository, "Models", "Warehouse"))
            .SelectMany(project => ContractReader.ReadAll(project, new DiagnosticBag()))
            .Select(c => c.Name)
            .ToList();

        names.Distinct().Count().ShouldBe(names.Count);
    }
}
