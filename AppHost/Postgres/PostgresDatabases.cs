using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace AppHost.Postgres;

/// <summary>Makes databases, and finds out whether they answer.</summary>
internal static class PostgresDatabases
{
    /// <summary>Creates the database where it does not exist yet.</summary>
    public static async Task EnsureAsync(string serverConnectionString, string database, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(serverConnectionString);
        await using var find = source.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
        find.Parameters.AddWithValue(database);
        if (await find.ExecuteScalarAsync(cancellationToken) is not null)
            return;

        await using var create = source.CreateCommand($"CREATE DATABASE \"{database.Replace("\"", "\"\"")}\"");
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The resource is healthy when a connection can be opened.</summary>
    public static IResourceBuilder<T> WithConnectionCheck<T>(this IResourceBuilder<T> builder, string connectionString)
        where T : IResource
    {
        // a connection kept in a pool would be cut, and complained of, when the server stops
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        var key = $"{builder.Resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(key, async cancellationToken =>
        {
            try
            {
                await using var connection = new NpgsqlConnection(unpooled);
                await connection.OpenAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (NpgsqlException e)
            {
                return HealthCheckResult.Unhealthy(e.Message, e);
            }
        });
        return builder.WithHealthCheck(key);
    }
}
