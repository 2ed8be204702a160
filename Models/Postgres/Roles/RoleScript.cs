using Npgsql;

namespace Models.Postgres.Roles;

/// <summary>Runs an embedded script of this folder. Its parameters are settings <c>leadline.*</c>, because a <c>do</c> block takes none.</summary>
internal static class RoleScript
{
    /// <param name="connection">In a transaction, with which the settings end.</param>
    /// <param name="script">The script's file name.</param>
    /// <param name="settings">The settings without their prefix.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task RunAsync(
        NpgsqlConnection connection, string script, IEnumerable<(string Name, string Value)> settings, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in settings)
        {
            await using var setting = new NpgsqlCommand("select set_config('leadline.' || $1, $2, true)", connection);
            setting.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
            setting.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
            await setting.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(await ReadAsync(script, cancellationToken), connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var stream = typeof(RoleScript).Assembly.GetManifestResourceStream($"Models.Postgres.Roles.{name}")!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
