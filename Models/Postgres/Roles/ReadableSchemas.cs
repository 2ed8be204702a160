using System.Text.Json;
using Npgsql;

namespace Models.Postgres.Roles;

/// <summary>The schemas of models that the console, the API and training may read (readable.sql).</summary>
public static class ReadableSchemas
{
    /// <summary>
    /// Creates the readable schemas that are missing, and lets the readers of the warehouse read what is in them and what this login will create in
    /// them. Safe when two call it at once. Where there are no roles, only the schemas are created.
    /// </summary>
    /// <param name="connection">A connection of the login that builds the models, in a transaction.</param>
    /// <param name="readable">The schemas that readers read.</param>
    /// <param name="unreadable">The schemas that they read no longer; one that is not there is passed over.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="PostgresException">A readable schema belongs to another user; nothing was changed.</exception>
    public static Task SetAsync(
        NpgsqlConnection connection, IReadOnlyCollection<string> readable, IReadOnlyCollection<string> unreadable, CancellationToken cancellationToken) =>
        RoleScript.RunAsync(
            connection,
            "readable.sql",
            [("readable", JsonSerializer.Serialize(readable)), ("unreadable", JsonSerializer.Serialize(unreadable))],
            cancellationToken);
}
