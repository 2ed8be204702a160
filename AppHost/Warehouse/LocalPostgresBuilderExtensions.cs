using AppHost.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Models.Postgres;
using Npgsql;

namespace AppHost.Warehouse;

/// <summary>Adds a PostgreSQL server of this machine's programs to the model.</summary>
internal static class LocalPostgresBuilderExtensions
{
    /// <param name="server">The server's cluster, reserved until the application ends.</param>
    /// <param name="database">Made when the server is ready, where it does not exist yet, and its roles with it.</param>
    public static IResourceBuilder<LocalPostgresResource> AddLocalPostgres(
        this IDistributedApplicationBuilder builder, string name, PreparedServer server, WarehouseDatabase database)
    {
        var (program, arguments, folder) = server.Command();
        return builder.AddResource(new LocalPostgresResource(name, server, database, program, folder))
            .WithArgs([.. arguments])
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "PostgreSQL", Properties = [] })
            .WithIconName("Database")
            .WithEndpoint(port: server.Port, targetPort: server.Port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithUrlForEndpoint("tcp", url => url.DisplayText = $"127.0.0.1:{server.Port}")
            .WithPromptHealthCheck(resource => token => AskAsync(resource.ServerConnectionString, token))
            .OnResourceReady((resource, _, token) => resource.Database.EnsureAsync(resource.ServerConnectionString, token));
    }

    private static async Task<HealthCheckResult> AskAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            // a connection kept in a pool would be cut, and complained of, when the server stops
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
