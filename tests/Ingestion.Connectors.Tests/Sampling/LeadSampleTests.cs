using Ingestion.Connectors.Sampling;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Tests.Sampling;

public sealed class LeadSampleTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_sample_is_what_the_contracts_promise()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        LeadSample.Write(stage.Folder, leads: 3_000);

        foreach (var contract in ContractReader.ReadAll(Path.Combine(TestPaths.Repository, "Models", "Warehouse", "leads"), new DiagnosticBag()))
            (await stage.LoadAsync(contract)).Quarantined.ShouldBe(0, contract.Name);

        (await stage.QueryAsync(
            "select count(distinct contact_id), count(*) > 3000, bool_or(contact_id = 448214219), bool_or(test_flag) from raw.lead_dataset"))
            .ShouldBe(["3000|True|True|True"]);
        (await stage.QueryAsync("select count(distinct contact_id) between 400 and 800 from raw.customer_dataset")).ShouldBe(["True"]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        using var other = new TemporaryFolder();

        LeadSample.Write(first.Path, leads: 1_000);
        LeadSample.Write(second.Path, leads: 1_000);
        LeadSample.Write(other.Path, leads: 1_000, seed: 1);

        Read(second).ShouldBe(Read(first));
        Read(other).ShouldNotBe(Read(first));
    }

    private static string Read(TemporaryFolder folder) =>
        string.Concat(Directory.GetFiles(folder.Path, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText));

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("leadline-sample-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
