using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Loading.Tables;

/// <summary>A contract's table in schema <c>raw</c>: created, or extended by missing columns, inside the load's transaction.</summary>
internal sealed class RawTable(Contract contract)
{
    public const string Schema = "raw";

    public string QuotedName { get; } = $"{SqlIdentifier.Quote(Schema)}.{SqlIdentifier.Quote(contract.Name)}";

    /// <summary>Creates the table or adds missing columns.</summary>
    /// <exception cref="DiagnosticException">A column has another type, or a new required column would be null in existing rows.</exception>
    public async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var existing = await ReadColumnsAsync(connection, cancellationToken);
        var statements = existing.Count == 0 ? Create() : await ExtendAsync(connection, existing, cancellationToken);
        if (statements.Count == 0)
            return;

        await using var command = new NpgsqlCommand(string.Join(";\n", statements), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>True if the table exists and has rows.</summary>
    public async Task<bool> HasRowsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await ExistsAsync(connection, cancellationToken) && await HasRowsAsync(connection, "", cancellationToken);

    public async Task<bool> ExistsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select to_regclass($1) is not null", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = QuotedName });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Creates a unique index on the column, restricted by the condition if there is one. PostgreSQL names the index.</summary>
    public async Task EnsureUniqueAsync(NpgsqlConnection connection, string column, string? condition, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand(
            """
            select exists (
                select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indrelid = to_regclass($1) and i.indisunique and i.indnkeyatts = 1 and a.attname = $2 and (i.indpred is null) = $3)
            """,
            connection);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = QuotedName });
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = column });
        find.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = condition is null });
        if (await find.ExecuteScalarAsync(cancellationToken) is true)
            return;

        var where = condition is null ? "" : $" where {condition}";
        await using var create = new NpgsqlCommand($"create unique index on {QuotedName} ({SqlIdentifier.Quote(column)}){where}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    private List<string> Create()
    {
        var columns = contract.Columns.Select(c => $"{SqlIdentifier.Quote(c.Name)} {c.DataType}{(c.NotNull ? " not null" : "")}");
        return [$"create schema if not exists {Schema}", $"create table {QuotedName} ({string.Join(", ", columns)})", .. Comments(contract.Columns)];
    }

    private async Task<List<string>> ExtendAsync(
        NpgsqlConnection connection, Dictionary<string, (string Type, bool NotNull)> existing, CancellationToken cancellationToken)
    {
        var statements = new List<string>();
        var added = new List<ContractColumn>();
        foreach (var column in contract.Columns)
        {
            if (existing.Remove(column.Name, out var found))
            {
                if (found.Type != column.DataType)
                    throw new DiagnosticException(IngestionDiagnostics.ChangedType(contract.Span, column.Name, contract.Name, found.Type, column.DataType!));
                if (found.NotNull && !column.NotNull)
                    statements.Add(DropNotNull(column.Name));
                if (!found.NotNull && column.NotNull && await HasRowsAsync(connection, $"where {SqlIdentifier.Quote(column.Name)} is null", cancellationToken))
                    throw new DiagnosticException(IngestionDiagnostics.NewRequired(contract.Span, column.Name, contract.Name));
                if (!found.NotNull && column.NotNull)
                    statements.Add($"alter table {QuotedName} alter column {SqlIdentifier.Quote(column.Name)} set not null");
                continue;
            }

            if (column.NotNull && await HasRowsAsync(connection, "", cancellationToken))
                throw new DiagnosticException(IngestionDiagnostics.NewRequired(contract.Span, column.Name, contract.Name));

            added.Add(column);
            statements.Add($"alter table {QuotedName} add column {SqlIdentifier.Quote(column.Name)} {column.DataType}{(column.NotNull ? " not null" : "")}");
        }

        // columns that the contract no longer names are kept for existing rows
        statements.AddRange(existing.Where(c => c.Value.NotNull).Select(c => DropNotNull(c.Key)));
        statements.AddRange(Comments(added));
        return statements;
    }

    private string DropNotNull(string column) => $"alter table {QuotedName} alter column {SqlIdentifier.Quote(column)} drop not null";

    private IEnumerable<string> Comments(IEnumerable<ContractColumn> columns) => columns
        .Where(c => c.Description.Length > 0)
        .Select(c => $"comment on column {QuotedName}.{SqlIdentifier.Quote(c.Name)} is {SqlLiteral.Of(c.Description)}");

    private async Task<bool> HasRowsAsync(NpgsqlConnection connection, string condition, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select exists (select from {QuotedName} {condition})", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task<Dictionary<string, (string Type, bool NotNull)>> ReadColumnsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select attname, format_type(atttypid, atttypmod), attnotnull
            from pg_attribute
            where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = QuotedName });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new Dictionary<string, (string Type, bool NotNull)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            columns.Add(reader.GetString(0), (reader.GetString(1), reader.GetBoolean(2)));

        return columns;
    }
}
