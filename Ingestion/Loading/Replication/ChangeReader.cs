using System.Text;
using System.Text.Json;
using Ingestion.Connectors.Postgres;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;
using NpgsqlTypes;

namespace Ingestion.Loading.Replication;

/// <summary>Reads the changes of a table as records, up to the transaction that has the mark of this load.</summary>
internal sealed class ChangeReader(Contract contract, IAsyncEnumerator<PgOutputReplicationMessage> messages, NpgsqlLogSequenceNumber position, string mark)
    : RecordReader
{
    private readonly NpgsqlLogSequenceNumber _start = position;
    private readonly Dictionary<uint, int[]> _fields = [];
    private long _number;
    private bool _isMarked;

    public override Contract Contract => contract;

    public override string SourceName => $"{contract.Options.Connection}:{contract.Options.Table}";

    public override string ContentHash => $"changes after {_start}";

    public override long Position => _number;

    public override long? Length => null;

    public override long Line => _number;

    public override SourceSpan Span => SourceSpan.WholeFile($"{SourceName}, change {_number} after {_start}");

    public override string? Problem => null;

    public override bool CanRetry => false;

    /// <summary>The change as a JSON object of strings.</summary>
    public override string RawText => JsonSerializer.Serialize(contract.Fields.Index().ToDictionary(f => f.Item.Name, f => Change.Texts[f.Index]));

    public TableChange Change { get; private set; } = null!;

    /// <summary>The position after the last transaction that was read.</summary>
    public NpgsqlLogSequenceNumber End { get; private set; } = position;

    public override string? this[int field] => Change.Texts[field];

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await messages.MoveNextAsync())
            {
                switch (messages.Current)
                {
                    // the server describes the table before the first change, and again after each change of its columns
                    case RelationMessage relation:
                        _fields[relation.RelationId] = ColumnMap.FindFields(contract, relation.Columns.Select(c => c.ColumnName));
                        break;
                    case LogicalDecodingMessage { Prefix: ReplicationSource.MarkPrefix } message:
                        using (var text = new StreamReader(message.Data, Encoding.UTF8))
                            _isMarked |= await text.ReadToEndAsync(cancellationToken) == mark;
                        break;
                    case CommitMessage commit:
                        End = commit.TransactionEndLsn;
                        if (_isMarked)
                            return false;
                        break;
                    case var message when await ReadChangeAsync(message, cancellationToken) is { } change:
                        Change = change;
                        _number++;
                        return true;
                }
            }
        }
        catch (NpgsqlException exception)
        {
            throw new DiagnosticException(PostgresConnector.Unreadable(contract, exception), exception);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new DiagnosticException(PostgresConnector.Unreadable(contract, new IOException("the replication ended")));
    }

    public override ValueTask DisposeAsync() => messages.DisposeAsync();

    private async Task<TableChange?> ReadChangeAsync(PgOutputReplicationMessage message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case InsertMessage insert:
                return await UpsertAsync(insert.NewRow, insert.Relation, oldTexts: null, cancellationToken);
            case FullUpdateMessage update:
                var (old, _) = await ReadRowAsync(update.OldRow, update.Relation, cancellationToken);
                return await UpsertAsync(update.NewRow, update.Relation, old, cancellationToken);
            case IndexUpdateMessage update:
                var (key, _) = await ReadRowAsync(update.Key, update.Relation, cancellationToken);
                return await UpsertAsync(update.NewRow, update.Relation, key, cancellationToken);
            case UpdateMessage update:
                return await UpsertAsync(update.NewRow, update.Relation, oldTexts: null, cancellationToken);
            case FullDeleteMessage delete:
                return new TableChange(ChangeKind.Delete, (await ReadRowAsync(delete.OldRow, delete.Relation, cancellationToken)).Texts);
            case KeyDeleteMessage delete:
                return new TableChange(ChangeKind.Delete, (await ReadRowAsync(delete.Key, delete.Relation, cancellationToken)).Texts);
            case TruncateMessage:
                return new TableChange(ChangeKind.Truncate, new string?[contract.Fields.Count]);
            default:
                return null;
        }
    }

    private async Task<TableChange> UpsertAsync(
        ReplicationTuple row, RelationMessage relation, string?[]? oldTexts, CancellationToken cancellationToken)
    {
        var (texts, unchanged) = await ReadRowAsync(row, relation, cancellationToken);
        return new TableChange(ChangeKind.Upsert, texts, unchanged, oldTexts);
    }

    /// <summary>Reads a row's values. All columns must be read before the next message.</summary>
    private async Task<(string?[] Texts, bool[]? Unchanged)> ReadRowAsync(
        ReplicationTuple row, RelationMessage relation, CancellationToken cancellationToken)
    {
        var fields = _fields[relation.RelationId];
        var texts = new string?[contract.Fields.Count];
        bool[]? unchanged = null;
        var column = 0;
        await foreach (var value in row.WithCancellation(cancellationToken))
        {
            var field = fields[column++];
            if (value.IsUnchangedToastedValue)
            {
                if (field >= 0)
                    (unchanged ??= new bool[texts.Length])[field] = true;
            }
            else if (field >= 0 && !value.IsDBNull)
            {
                using var text = value.GetTextReader();
                texts[field] = await text.ReadToEndAsync(cancellationToken);
            }
        }

        return (texts, unchanged);
    }
}
