using System.Text;
using Ingestion.Connectors.Database;
using Ingestion.Connectors.Values;
using Ingestion.Loading.Records;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Loading.Replication;

/// <summary>Checks the changes of a table and copies the valid ones into their staging table.</summary>
internal sealed class ChangeRun(
    NpgsqlConnection connection, Contract contract, StagedChanges staged, Guid batchId, DateTime processingTime, ChangeReader reader, Quarantine quarantine)
{
    private readonly RecordCheck _check = new(contract, reader, quarantine);
    private readonly EntityId _entityId = new(contract);
    private readonly bool[] _allButKey = [.. contract.Fields.Select(f => !contract.PrimaryKey.Contains(f.Name))];
    private readonly ValueParser[] _keyParsers = [.. contract.Fields.Select(f => new ValueParser(f, contract.Options))];
    private readonly FieldValue[] _oldKey = new FieldValue[contract.Fields.Count];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await RunUntilFullAsync(cancellationToken))
        {
            quarantine.CheckLimit();
            await quarantine.FlushAsync(connection, cancellationToken);
        }

        quarantine.CheckLimit();
        await quarantine.FlushAsync(connection, cancellationToken);
    }

    private async Task<bool> RunUntilFullAsync(CancellationToken cancellationToken)
    {
        await using var copy = await BinaryCopy.BeginAsync(connection, staged.CopyCommand, cancellationToken);
        var writer = new RowWriter(copy, contract, batchId, reader.SourceName, processingTime);
        while (!quarantine.IsFull)
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                await copy.CompleteAsync(cancellationToken);
                return false;
            }

            var change = reader.Change;
            var skipped = change.Kind switch { ChangeKind.Upsert => change.Unchanged, ChangeKind.Delete => _allButKey, _ => null };
            if (change.Kind != ChangeKind.Truncate && !_check.Parse(skipped))
                continue;

            var key = change.Kind == ChangeKind.Truncate ? "" : _entityId.TextOf(_check.Row);
            var oldKey = change.OldTexts is { } old ? KeyOf(old) : null;
            if (oldKey is not null && oldKey != key)
            {
                await copy.StartRowAsync(staged.Values, cancellationToken);
                StagedChanges.WriteStart(copy, new TableChange(ChangeKind.Delete, change.Texts), oldKey: null);
                writer.Write(staged.Nothing, reader.Line, Encoding.UTF8.GetBytes(oldKey));
            }

            await copy.StartRowAsync(staged.Values, cancellationToken);
            StagedChanges.WriteStart(copy, change, oldKey);
            writer.Write(change.Kind == ChangeKind.Upsert ? _check.Row : staged.Nothing, reader.Line, Encoding.UTF8.GetBytes(key));
        }

        await copy.CompleteAsync(cancellationToken);
        return true;
    }

    /// <summary>The entity that these values name; null if they are no key, for example one that an earlier contract did not accept either.</summary>
    private string? KeyOf(string?[] texts)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            if (!_allButKey[i] && _keyParsers[i].Parse(texts[i], ref _oldKey[i]) is not null)
                return null;
        }

        return _entityId.TextOf(_oldKey);
    }
}
