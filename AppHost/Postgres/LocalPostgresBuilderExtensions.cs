using Microsoft.Extensions.DependencyInjection;
using Models.Postgres;

namespace AppHost.Postgres;

/// <summary>Adds a PostgreSQL server of this machine's programs to the model.</summary>
internal static class LocalPostgresBuilderExtensions
{
    /// <param name="server">The server's cluster, reserved until the application ends.</param>
    public static IResourceBuilder<LocalPostgresResource> AddLocalPostgres(
        this IDistributedApplicationBuilder builder, string name, PreparedServer server)
    {
        var (program, arguments) = server.Command();
        var resource = new LocalPostgresResource(name, server, program, builder.AppHostDirectory);
        return builder.AddResource(resource)
            .WithArgs([.. arguments])
            .WithConnectionCheck(resource.ConnectionString("postgres"));
    }

    public static IResourceBuilder<LocalPostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<LocalPostgresResource> builder, string name, string? databaseName = null)
    {
        var resource = new LocalPostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.OnResourceReady(async (server, ready, cancellationToken) =>
        {
            await PostgresDatabases.EnsureAsync(server.ConnectionString("postgres"), resource.DatabaseName, cancellationToken);

            // what belongs to an executable does not take over its state
            await ready.Services.GetRequiredService<ResourceNotificationService>()
                .PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.Running });
        });
        return builder.ApplicationBuilder.AddResource(resource)
            .WithConnectionCheck(builder.Resource.ConnectionString(resource.DatabaseName));
    }
}
