using Models.Postgres.Binaries;
using Models.Postgres.Machine;
using Npgsql;

namespace AppHost.Warehouse;

/// <summary>The server that <c>LEADLINE_POSTGRES</c> names, tried before anything starts.</summary>
internal static class GivenServer
{
    /// <exception cref="PostgresServerException">It cannot be reached, or no database is named.</exception>
    public static async Task RequireAsync(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        if (settings.Database is not { Length: > 0 })
            throw new PostgresServerException($"{LeadlinePostgres.Variable} names no database: add 'Database=...' to it.");

        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            var reason = (e as PostgresException)?.MessageText ?? e.InnerException?.Message ?? e.Message;
            throw new PostgresServerException(
                $"The server at {settings.Host}:{settings.Port} that {LeadlinePostgres.Variable} names cannot be reached: " +
                $"{reason.ReplaceLineEndings(" ").TrimEnd('.')}. Start or correct it, or leave the variable out for a server of this machine.");
        }
    }
}
