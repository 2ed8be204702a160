using Ingestion.Connectors.Inference;
using Ingestion.Connectors.Lake;
using Ingestion.Connectors.Sources;
using Ingestion.Loading.Tables;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Loading.Detection;

/// <summary>What is loaded from a folder of the lake.</summary>
/// <param name="Span">Where the step declares it.</param>
/// <param name="From">The folder in the lake.</param>
public sealed record LakeRequest(SourceSpan Span, string From)
{
    /// <summary>The tables as the folder names them; empty for all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The maximum number of bad records of a table.</summary>
    public long MaxBadRecords { get; init; }

    /// <summary>Tables that are loaded at the same time.</summary>
    public int Parallel { get; init; } = 2;
}

/// <summary>The contracts of the tables in a folder of the lake: those that the project declares, and detected ones for the others.</summary>
public sealed class LakeTables(NpgsqlDataSource dataSource)
{
    /// <summary>The format of contracts that declare a table of the lake.</summary>
    public const string Format = LakeConnector.FormatName;

    /// <summary>The tables to load, by name.</summary>
    /// <exception cref="DiagnosticException">The folder has no file, or none of a table that is named.</exception>
    public static IReadOnlyList<string> List(LakeRequest request, string lake)
    {
        var files = LakeFile.List(Path.Combine(lake, request.From));
        if (files.Count == 0)
            throw new DiagnosticException(LakeDiagnostics.EmptyFolder(request.Span, request.From));
        if (request.Tables.FirstOrDefault(t => !files.Contains(t)) is { } missing)
            throw new DiagnosticException(LakeDiagnostics.NoFile(request.Span, missing, request.From, files.Select(f => f.Key)));

        return [.. (request.Tables.Count > 0 ? request.Tables : files.Select(f => f.Key)).Order(StringComparer.Ordinal)];
    }

    /// <summary>A contract that replaces the table by its newest file, with columns as they are in the file.</summary>
    /// <remarks>
    /// Numbers become bigint or numeric, JSON objects and arrays jsonb, dates, times with and without a zone and uuids are recognised by their form. The
    /// type of an existing column is kept where it holds the values, and changed to a wider one where it does not.
    /// </remarks>
    /// <exception cref="DiagnosticException">The file cannot be read, or an existing column cannot hold its values.</exception>
    public async Task<Contract> DetectAsync(LakeRequest request, string table, string lake, CancellationToken cancellationToken)
    {
        var contract = new Contract
        {
            Name = table.Replace('.', '_'),
            Span = request.Span,
            Format = LakeConnector.FormatName,
            Fields = [],
            SyncMode = SyncMode.FullRefreshOverwrite,
            OnSchemaChange = OnSchemaChange.Fail,
            Options = new ContractOptions { From = request.From, Table = table },
            Limits = new LoadLimits { MinRows = 0, MaxBadRows = request.MaxBadRecords },
        };
        var file = LakeConnector.Find(contract, lake);
        var named = contract with { Options = contract.Options with { File = $"{request.From}/{file.Name}" } };
        var detected = await FileInference.ReadAsync(named, file.Format, new SourceLocation(lake), cancellationToken);
        var existing = await ReadTypesAsync(contract.Name, cancellationToken);
        if (detected.Count == 0 && existing.Count == 0)
            throw new DiagnosticException(LakeDiagnostics.NoColumns(request.Span, file.Name, contract.Name));

        var fields = new List<ContractField>();
        foreach (var (name, type) in detected)
            fields.Add(new ContractField(name, await FitAsync(contract, name, type, existing, cancellationToken), contract.Span));

        return contract with { Fields = fields };
    }

    private async Task<FieldType> FitAsync(
        Contract contract, string column, FieldType? detected, Dictionary<string, FieldType?> existing, CancellationToken cancellationToken)
    {
        var hasColumn = existing.TryGetValue(column, out var found);
        // a column without a value may have any type
        if (detected is null)
            return found ?? Parse("text");
        if (!hasColumn)
            return detected;
        if (found is not null && Holds(found.Kind, detected.Kind))
            return found;

        var wider = found is not null && Holds(detected.Kind, found.Kind) ? detected : Parse("text");
        var quoted = SqlIdentifier.Quote(column);
        try
        {
            await using var command = dataSource.CreateCommand(
                $"alter table {new RawTable(contract).QuotedName} alter column {quoted} type {wider.Name} using {quoted}::{wider.Name}");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception)
        {
            throw new DiagnosticException(
                LakeDiagnostics.NotWidened(contract.Span, column, contract.Name, found?.Name ?? "another type", wider.Name, exception.MessageText), exception);
        }

        return wider;
    }

    /// <summary>True if each value of the second type has a place in the first.</summary>
    private static bool Holds(FieldKind wide, FieldKind narrow) => wide == narrow || wide == FieldKind.Text || (wide, narrow) switch
    {
        (FieldKind.Integer, FieldKind.SmallInt) => true,
        (FieldKind.BigInt, FieldKind.SmallInt or FieldKind.Integer) => true,
        (FieldKind.Numeric, FieldKind.SmallInt or FieldKind.Integer or FieldKind.BigInt) => true,
        (FieldKind.Double, FieldKind.Real) => true,
        (FieldKind.Timestamp, FieldKind.Date) => true,
        (FieldKind.Jsonb or FieldKind.Json, FieldKind.BigInt or FieldKind.Numeric or FieldKind.Boolean) => true,
        _ => false,
    };

    private async Task<Dictionary<string, FieldType?>> ReadTypesAsync(string table, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            select attname::text, format_type(atttypid, atttypmod)
            from pg_attribute
            where attrelid = to_regclass($1) and attnum > 0 and not attisdropped and attname not like 'meta\_%'
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"{RawTable.Schema}.{SqlIdentifier.Quote(table)}" });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var types = new Dictionary<string, FieldType?>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            types.Add(reader.GetString(0), FieldType.TryParse(reader.GetString(1), out var type) ? type : null);

        return types;
    }

    private static FieldType Parse(string text) => FieldType.TryParse(text, out var type) ? type : throw new InvalidOperationException($"No type {text}");
}
