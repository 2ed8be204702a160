using Models.Postgres.Binaries;
using Models.Postgres.Machine;

namespace AppHost.Warehouse;

/// <summary>Adds the warehouse: a PostgreSQL server, wherever it comes from, and the database with the schemas of the environment.</summary>
internal static class WarehouseBuilderExtensions
{
    private const string ServerName = "postgres";
    private const string DatabaseName = "warehouse";

    /// <summary>
    /// Adds the connection string <paramref name="name"/> and the server behind it: the one that LEADLINE_POSTGRES names, else a
    /// container where a container runtime works, else a server of this machine's PostgreSQL programs. What is published has a container.
    /// </summary>
    /// <exception cref="PostgresServerException">The server cannot be used, or there is none.</exception>
    /// <exception cref="OperationCanceledException">Ctrl-C or SIGTERM came while the server was made ready.</exception>
    public static async Task<IResourceBuilder<ConnectionStringResource>> AddWarehouseAsync(
        this IDistributedApplicationBuilder builder, string name, WarehouseOptions options)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return builder.AddTarget(name, builder.AddServerContainer());

        if (LeadlinePostgres.ConnectionString is { } given)
        {
            RequireNoReset(options);
            await GivenServer.RequireAsync(given);
            return builder.AddTarget(name, builder.AddConnectionString("database", ReferenceExpression.Create($"{given}")));
        }

        if (options.Folder is null && await ContainerRuntime.IsHealthyAsync())
        {
            RequireNoReset(options);
            return builder.AddTarget(name, builder.AddServerContainer());
        }

        var server = builder.AddLocalPostgres(ServerName, await LocalServer.PrepareAsync(options, builder.AppHostDirectory), DatabaseName);
        return builder.AddTarget(name, server).WithParentRelationship(server).WithResetCommand(server.Resource);
    }

    /// <summary>Each environment has its own schemas, and the search path says which.</summary>
    private static IResourceBuilder<ConnectionStringResource> AddTarget(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<IResourceWithConnectionString> database) =>
        builder.AddConnectionString(name, ReferenceExpression.Create($"{database};Search Path={Target.Schema(builder)}"))
            .WaitFor(database)
            .WithPsqlCommand();

    private static IResourceBuilder<PostgresDatabaseResource> AddServerContainer(this IDistributedApplicationBuilder builder) =>
        builder.AddPostgres(ServerName).WithDataVolume().AddDatabase("database", DatabaseName);

    private static void RequireNoReset(WarehouseOptions options)
    {
        if (options.Reset)
        {
            throw new PostgresServerException(
                "--reset is for the server that runs from this machine's programs. This one's data is elsewhere: delete it there.");
        }
    }
}
