using Models.Postgres.Roles;
using Npgsql;

namespace AppHost.Warehouse;

/// <summary>The warehouse's database on a server that is Leadline's own: made, with its roles, and deleted.</summary>
/// <param name="Name">The database.</param>
/// <param name="Roles">What its roles are made with.</param>
internal sealed record WarehouseDatabase(string Name, RoleSettings Roles)
{
    private string QuotedName => $"\"{Name.Replace("\"", "\"\"")}\"";

    /// <summary>Creates the database where it does not exist yet, and brings its roles up to date.</summary>
    /// <param name="server">A superuser's connection to any other database.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task EnsureAsync(string server, CancellationToken cancellationToken)
    {
        await using (var source = NpgsqlDataSource.Create(server))
        {
            await using var find = source.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
            find.Parameters.AddWithValue(Name);
            if (await find.ExecuteScalarAsync(cancellationToken) is null)
            {
                await using var create = source.CreateCommand($"CREATE DATABASE {QuotedName}");
                await create.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        await WarehouseRoles.EnsureAsync(new NpgsqlConnectionStringBuilder(server) { Database = Name }.ConnectionString, Roles, cancellationToken);
    }

    /// <summary>Deletes the database with all its data, whoever is connected, and creates it again.</summary>
    /// <param name="server">A superuser's connection to any other database.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task ResetAsync(string server, CancellationToken cancellationToken)
    {
        await using (var source = NpgsqlDataSource.Create(server))
        await using (var drop = source.CreateCommand($"DROP DATABASE IF EXISTS {QuotedName} WITH (FORCE)"))
            await drop.ExecuteNonQueryAsync(cancellationToken);

        await EnsureAsync(server, cancellationToken);
    }
}
