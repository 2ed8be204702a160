using Ingestion.Connectors.Csv;
using Ingestion.Connectors.Database;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Connectors.Postgres;

/// <summary>
/// Creates the database and the table that a contract reads from the contract's seed if they do not exist, as a stand-in for the operational system
/// that owns them elsewhere. Existing objects are never changed.
/// </summary>
internal sealed class OperationalSeed(Contract contract, SourceLocation location)
{
    public async Task EnsureAsync(string connectionString, CancellationToken cancellationToken)
    {
        await EnsureDatabaseAsync(connectionString, cancellationToken);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TableLock.TakeAsync(connection, contract.Options.Table, cancellationToken);
        if (await IsThereAsync(connection, cancellationToken))
            return;

        await CreateAsync(connection, cancellationToken);
        await FillAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Queries the server's own database first, because connecting to a missing database would log an error on the server.</summary>
    private static async Task EnsureDatabaseAsync(string connectionString, CancellationToken cancellationToken)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres" }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var find = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        if (await find.ExecuteScalarAsync(cancellationToken) is true)
            return;

        try
        {
            await using var create = new NpgsqlCommand($"create database {SqlIdentifier.Quote(name)}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // another process created it in the meantime
        }
    }

    private async Task<bool> IsThereAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select to_regclass($1) is not null", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = PostgresConnector.QuotedTable(contract) });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var columns = contract.Fields.Select(f => $"{SqlIdentifier.Quote(f.Name)} {f.Type.Name}{(f.Required ? " not null" : "")}");
        var key = contract.PrimaryKey.Count == 0 ? [] : new[] { $"primary key ({string.Join(", ", contract.PrimaryKey.Select(SqlIdentifier.Quote))})" };
        await using var command = new NpgsqlCommand(
            $"create table {PostgresConnector.QuotedTable(contract)} ({string.Join(", ", columns.Concat(key))})", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task FillAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var seed = contract with { Format = "csv", Options = new ContractOptions { File = contract.Options.Seed } };
        await using var reader = await new CsvConnector().OpenAsync(seed, location, cancellationToken);
        var parsers = contract.Fields.Select(f => new ValueParser(f, seed.Options)).ToArray();
        var columns = string.Join(", ", contract.Fields.Select(f => SqlIdentifier.Quote(f.Name)));
        await using var copy = await BinaryCopy.BeginAsync(
            connection, $"copy {PostgresConnector.QuotedTable(contract)} ({columns}) from stdin (format binary)", cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            await copy.StartRowAsync(parsers.Length, cancellationToken);
            for (var i = 0; i < parsers.Length; i++)
            {
                FieldValue value = default;
                if ((reader.Problem ?? parsers[i].Parse(reader[i], ref value)) is { } reason)
                    throw new DiagnosticException(
                        IngestionDiagnostics.BadSeed(reader.Span with { File = seed.Options.File }, $"{contract.Fields[i].Name} {reason}"));

                copy.Write(value, contract.Fields[i].Type.Kind);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
