using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Connectors.Postgres;

/// <summary>An operational database that is extracted into the lake.</summary>
public static class OperationalSource
{
    /// <summary>Creates the database and the table of a contract from the contract's seed if they do not exist. Existing objects are never changed.</summary>
    /// <exception cref="DiagnosticException">The server refuses, or the seed has a mistake.</exception>
    public static async Task EnsureAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        // the lake names a table by the contract's name where no other is given
        if (contract.Options.Table.Length == 0)
            contract = contract with { Options = contract.Options with { Table = contract.Name } };

        var connectionString = PostgresConnector.ConnectionString(contract, location);
        try
        {
            await new OperationalSeed(contract, location).EnsureAsync(connectionString, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or ArgumentException)
        {
            throw new DiagnosticException(PostgresConnector.Unreadable(contract, exception), exception);
        }
    }
}
