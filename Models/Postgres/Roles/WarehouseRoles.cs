using Npgsql;

namespace Models.Postgres.Roles;

/// <summary>The roles of a warehouse (roles.sql), so that each service may do what it must and nothing else.</summary>
public static class WarehouseRoles
{
    private const string ScriptName = "Models.Postgres.Roles.roles.sql";

    /// <summary>The role that a service logs in as.</summary>
    public static string NameOf(WarehouseLogin login) => $"leadline_{Word(login)}";

    /// <summary>
    /// Creates the roles where they are missing, gives the logins these passwords, and grants what they need. Safe when two call it at
    /// once, for any databases of the server.
    /// </summary>
    /// <param name="administrator">A connection to the warehouse's database as a superuser, or as one who may create roles.</param>
    /// <param name="target">What the schemas of the models start with, for example dev_me.</param>
    public static async Task EnsureAsync(
        string administrator, string target, IReadOnlyDictionary<WarehouseLogin, string> passwords, CancellationToken cancellationToken)
    {
        // roles belong to the server and advisory locks to a database: all take the lock in the same one
        var elsewhere = new NpgsqlConnectionStringBuilder(administrator) { Database = "postgres", Pooling = false };
        await using var turn = new NpgsqlConnection(elsewhere.ConnectionString);
        await turn.OpenAsync(cancellationToken);
        await ExecuteAsync(turn, "select pg_advisory_lock(hashtextextended('leadline.roles', 0))", cancellationToken);

        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(administrator) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SetAsync(connection, "target", target, cancellationToken);
        foreach (var (login, password) in passwords)
            await SetAsync(connection, Word(login), password, cancellationToken);
        await ExecuteAsync(connection, await ReadScriptAsync(cancellationToken), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static string Word(WarehouseLogin login) => login.ToString().ToLowerInvariant();

    private static async Task SetAsync(NpgsqlConnection connection, string setting, string value, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select set_config('leadline.' || $1, $2, true)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = setting });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string> ReadScriptAsync(CancellationToken cancellationToken)
    {
        await using var stream = typeof(WarehouseRoles).Assembly.GetManifestResourceStream(ScriptName)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
