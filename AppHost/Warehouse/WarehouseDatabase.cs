using Npgsql;

namespace AppHost.Warehouse;

/// <summary>Makes and deletes the warehouse's database.</summary>
internal static class WarehouseDatabase
{
    /// <summary>Creates the database where it does not exist yet.</summary>
    public static async Task EnsureAsync(string serverConnectionString, string database, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(serverConnectionString);
        await using var find = source.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
        find.Parameters.AddWithValue(database);
        if (await find.ExecuteScalarAsync(cancellationToken) is not null)
            return;

        await using var create = source.CreateCommand($"CREATE DATABASE {Quoted(database)}");
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes the database with all its data, whoever is connected, and creates it again.</summary>
    public static async Task ResetAsync(string serverConnectionString, string database, CancellationToken cancellationToken)
    {
        await using (var source = NpgsqlDataSource.Create(serverConnectionString))
        await using (var drop = source.CreateCommand($"DROP DATABASE IF EXISTS {Quoted(database)} WITH (FORCE)"))
            await drop.ExecuteNonQueryAsync(cancellationToken);

        await EnsureAsync(serverConnectionString, database, cancellationToken);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"")}\"";
}
