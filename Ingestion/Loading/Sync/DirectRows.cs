using Ingestion.Loading.Tables;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Loading.Sync;

/// <summary>Copies rows directly into the raw table, after the rows they replace were deleted. Readers see the old rows until the commit.</summary>
internal sealed class DirectRows(Contract contract, RawTable table) : RowTarget
{
    private long _deleted;

    public override string QuotedName => table.QuotedName;

    public override async Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (contract.SyncMode != SyncMode.FullRefreshOverwrite)
            return;

        _deleted = contract.Options.Files.Count == 0
            ? await ExecuteAsync(connection, $"delete from {QuotedName}", cancellationToken)
            : await ExecuteAsync(
                connection,
                $"delete from {QuotedName} where {MetadataColumns.SourceFile} = $1",
                cancellationToken,
                new NpgsqlParameter<string> { TypedValue = contract.Options.File });
    }

    public override Task<SyncCounts> ApplyAsync(NpgsqlConnection connection, long copied, bool isWhole, CancellationToken cancellationToken) =>
        Task.FromResult(new SyncCounts(copied, _deleted));
}
