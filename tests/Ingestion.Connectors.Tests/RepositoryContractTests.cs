using Models.Compiler.Contracts;
using Models.Compiler.Diagnostics;

namespace Ingestion.Connectors.Tests;

public sealed class RepositoryContractTests
{
    [Fact]
    public void Every_contract_of_the_repository_is_valid()
    {
        var diagnostics = new DiagnosticBag();

        var contracts = ContractReader.ReadAll(Path.Combine(TestPaths.Repository, "Models", "Warehouse", "leads"), diagnostics);

        diagnostics.ToSortedList().ShouldBeEmpty();
        contracts.Count.ShouldBe(6);
        contracts.ShouldAllBe(c => c.Fields.All(f => f.Description.Length > 0));
    }
}
