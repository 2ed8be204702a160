using Npgsql;

namespace Models.Postgres.Roles;

/// <summary>The roles of a warehouse (roles.sql), so that each service may do what it must and nothing else.</summary>
public static class WarehouseRoles
{
    /// <summary>The role that a service logs in as.</summary>
    public static string NameOf(WarehouseLogin login) => $"leadline_{Word(login)}";

    /// <summary>
    /// Creates the roles where they are missing, gives the logins their passwords, grants what they need, and hands over what the
    /// administrator created for the services before there were roles. Safe when two call it at once, for any databases of the server.
    /// </summary>
    /// <param name="administrator">A connection to the warehouse's database as a superuser, or as one who may create roles.</param>
    /// <exception cref="PostgresException">The administrator lacks a right (<see cref="PostgresErrorCodes.InsufficientPrivilege"/>);
    /// nothing was changed.</exception>
    public static async Task EnsureAsync(string administrator, RoleSettings settings, CancellationToken cancellationToken)
    {
        // roles belong to the server and advisory locks to a database: all take the lock in the same one
        await using var turn = await ConnectAsync(administrator, "postgres", cancellationToken);
        await using (var wait = new NpgsqlCommand("select pg_advisory_lock(hashtextextended('leadline.roles', 0))", turn))
            await wait.ExecuteNonQueryAsync(cancellationToken);

        await using var connection = await ConnectAsync(administrator, null, cancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            IEnumerable<(string Name, string Value)> parameters =
                [("target", settings.Target), OwnServer(settings.IsOwnServer), .. settings.Passwords.Select(login => (Word(login.Key), login.Value))];
            await RoleScript.RunAsync(connection, "roles.sql", parameters, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        foreach (var source in await FindSourcesAsync(connection, settings, cancellationToken))
            await HandOverAsync(administrator, source, settings.IsOwnServer, cancellationToken);
    }

    private static (string Name, string Value) OwnServer(bool isOwnServer) => ("own_server", isOwnServer ? "on" : "off");

    private static string Word(WarehouseLogin login) => login.ToString().ToLowerInvariant();

    /// <summary>The databases that the administrator made before there were roles.</summary>
    private static async Task<IReadOnlyList<string>> FindSourcesAsync(NpgsqlConnection connection, RoleSettings settings, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select datname from pg_database
            where pg_get_userbyid(datdba) = current_user and datallowconn and not datistemplate and datname not in (current_database(), 'postgres')
                and (datname = any($1) or $2)
            order by datname
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. settings.Sources] });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = settings.IsOwnServer });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var databases = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            databases.Add(reader.GetString(0));

        return databases;
    }

    private static async Task HandOverAsync(string administrator, string source, bool isOwnServer, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(administrator, source, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RoleScript.RunAsync(connection, "source.sql", [OwnServer(isOwnServer)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<NpgsqlConnection> ConnectAsync(string administrator, string? database, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(administrator) { Pooling = false };
        settings.Database = database ?? settings.Database;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
