using System.Security.Cryptography;
using System.Text;
using Bogus;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Fake;

/// <summary>Generates any number of users, products and purchases, which are the same for the same seed. A contract selects columns by name.</summary>
internal sealed class FakerConnector : IConnector
{
    private const long UsualRows = 1_000;

    public string Format => "faker";

    public Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        var name = contract.Options.Dataset;
        if (!FakeData.All.TryGetValue(name, out var data))
            throw new DiagnosticException(IngestionDiagnostics.UnknownDataset(contract.Span, contract.Name, name, [.. FakeData.All.Keys]));

        // columns that the contract does not name are not generated
        var positions = ColumnMap.Create(contract with { OnSchemaChange = OnSchemaChange.Ignore }, data.Columns, contract.Span);
        var rows = contract.Options.Rows ?? UsualRows;
        var seed = contract.Options.RandomSeed;
        // another version of the library may generate other names
        var text = $"{name} {rows} {seed} {FakeData.Version} {typeof(Randomizer).Assembly.GetName().Version}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return Task.FromResult<RecordReader>(new FakerRecordReader(contract, data, positions, rows, seed, hash));
    }
}
