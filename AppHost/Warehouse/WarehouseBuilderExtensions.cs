using Models.Postgres;
using Models.Postgres.Binaries;
using Models.Postgres.Machine;
using Models.Postgres.Roles;

namespace AppHost.Warehouse;

/// <summary>Adds the warehouse: a PostgreSQL server, wherever it comes from, its database, and a connection for each service.</summary>
internal static class WarehouseBuilderExtensions
{
    private const string ServerName = "postgres";
    private const string DatabaseName = "warehouse";

    /// <summary>
    /// Adds the connections of the services and the server behind them: the one that LEADLINE_POSTGRES names, else a container where a
    /// container runtime works, else a server of this machine's PostgreSQL programs. What is published has a container. The roles are
    /// made before the first service starts.
    /// </summary>
    /// <exception cref="PostgresServerException">The server cannot be used, or there is none.</exception>
    /// <exception cref="OperationCanceledException">Ctrl-C or SIGTERM came while the server was made ready.</exception>
    public static async Task<WarehouseConnections> AddWarehouseAsync(this IDistributedApplicationBuilder builder, string name, WarehouseOptions options)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return builder.AddServerContainer(name, holdsSample: false);

        if (LeadlinePostgres.ConnectionString is { } given)
        {
            RequireNoReset(options);
            var server = await GivenServer.PrepareAsync(given, Target.Schema(builder), builder.Configuration);
            return builder.AddConnections(name, login => ReferenceExpression.Create($"{server[login]}"));
        }

        if (options.Folder is null && await ContainerRuntime.IsHealthyAsync())
        {
            RequireNoReset(options);
            return builder.AddServerContainer(name, options.HoldsSample);
        }

        return builder.AddLocalServer(name, await LocalServer.PrepareAsync(options, builder.AppHostDirectory));
    }

    private static WarehouseConnections AddLocalServer(this IDistributedApplicationBuilder builder, string name, PreparedServer prepared)
    {
        var database = new WarehouseDatabase(DatabaseName, new RoleSettings(Target.Schema(builder), prepared.Logins) { IsOwnServer = true });
        var server = builder.AddLocalPostgres(ServerName, prepared, database);
        var connections = builder.AddConnections(name, login => ReferenceExpression.Create($"{prepared.ConnectionString(DatabaseName, login)}"), server);
        connections.Worker.WithResetCommand(server.Resource);
        return connections;
    }

    /// <summary>Each environment has its own schemas, and the search path says which.</summary>
    private static WarehouseConnections AddConnections(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<WarehouseLogin, ReferenceExpression> connectionString,
        IResourceBuilder<IResource>? server = null)
    {
        return new WarehouseConnections(
            name,
            Add(name, WarehouseLogin.Worker).WithPsqlCommand(),
            Add($"{name}-training", WarehouseLogin.Training),
            Add($"{name}-api", WarehouseLogin.Api));

        IResourceBuilder<ConnectionStringResource> Add(string resource, WarehouseLogin login)
        {
            var connection = builder.AddConnectionString(
                resource, ReferenceExpression.Create($"{connectionString(login)};Search Path={Target.Schema(builder)}"));
            return server is null ? connection : connection.WaitFor(server).WithParentRelationship(server);
        }
    }

    private static WarehouseConnections AddServerContainer(this IDistributedApplicationBuilder builder, string name, bool holdsSample)
    {
        var server = builder.AddPostgres(ServerName);
        server.WithDataVolume(VolumeNameGenerator.Generate(server, holdsSample ? "sample" : "data"));
        var passwords = Enum.GetValues<WarehouseLogin>().ToDictionary(login => login, login => builder.AddParameter(
            LoginParameter.NameOf(login), new GenerateParameterDefault { Special = false }, secret: true, persist: true));
        var database = server.AddDatabase("database", DatabaseName).OnResourceReady(async (resource, _, token) =>
        {
            var values = new Dictionary<WarehouseLogin, string>();
            foreach (var (login, password) in passwords)
                values[login] = (await password.Resource.GetValueAsync(token))!;
            var roles = new RoleSettings(Target.Schema(builder), values) { IsOwnServer = true };
            await WarehouseRoles.EnsureAsync((await resource.ConnectionStringExpression.GetValueAsync(token))!, roles, token);
        });
        return builder.AddConnections(name, ConnectionString, database);

        ReferenceExpression ConnectionString(WarehouseLogin login)
        {
            var (host, port, user) = (server.Resource.Host, server.Resource.Port, WarehouseRoles.NameOf(login));
            return ReferenceExpression.Create($"Host={host};Port={port};Username={user};Password={passwords[login]};Database={DatabaseName}");
        }
    }

    private static void RequireNoReset(WarehouseOptions options)
    {
        if (options.Reset)
        {
            throw new PostgresServerException(
                "--reset is for the server that runs from this machine's programs. This one's data is elsewhere: delete it there.");
        }
    }
}
