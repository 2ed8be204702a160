using System.Security.Cryptography;
using System.Text;
using AppHost;
using AppHost.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Aspire.Hosting;

/// <summary>A PostgreSQL server in a container, run by the container client; it goes when the application goes.</summary>
public sealed class PostgresServerResource(string name, int port, string password)
    : ExecutableResource(name, "/bin/sh", "/"), IResourceWithConnectionString
{
    public int Port { get; } = port;

    public string Password { get; } = password;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{ConnectionString("postgres")}");

    internal string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1", Port = Port, Username = "postgres", Password = Password, Database = database,
    }.ConnectionString;
}

public sealed class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource parent)
    : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    public string DatabaseName { get; } = databaseName;

    public PostgresServerResource Parent { get; } = parent;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent.ConnectionString(DatabaseName)}");
}

public static class PostgresBuilderExtensions
{
    private const string Image = "docker.io/library/postgres:17";

    /// <summary>$1 the client  $2 the container's name  $3... what to run. Ends with the container, on SIGTERM, and with the host.</summary>
    private const string Script = """
        client=$1 name=$2
        shift 2
        trap '' INT
        "$client" rm --force "$name" >/dev/null 2>&1
        "$client" run --rm --name "$name" "$@" &
        server=$!
        trap '"$client" stop "$name" >/dev/null' TERM HUP
        (
            while sleep 1 && kill -0 "$server"; do
                kill -0 "$LEADLINE_PARENT_PID" || "$client" stop "$name"
            done
        ) >/dev/null 2>&1 &
        while kill -0 "$server" 2>/dev/null; do
            wait "$server"
            status=$?
        done
        exit "$status"
        """;

    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name)
    {
        var container = ContainerName(builder, name);
        var server = new PostgresServerResource(name, FreePort.Find(), Password(container));
        return builder.AddResource(server)
            .WithEnvironment("POSTGRES_PASSWORD", server.Password)
            .WithArgs("-c", Script, "leadline-container", ContainerRuntime.Command, container)
            .WithArgs("--publish", $"127.0.0.1:{server.Port}:5432", "--env", "POSTGRES_PASSWORD", "--env", "POSTGRES_INITDB_ARGS=--auth-host=scram-sha-256")
            .WithArgs(context => context.Args.Add(Image))
            .WithConnectionCheck(server.ConnectionString("postgres"));
    }

    /// <summary>Keeps the data in a volume of this clone.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null) =>
        builder.WithArgs(context =>
        {
            context.Args.Insert(context.Args.Count - 1, "--volume");
            context.Args.Insert(context.Args.Count - 1, $"{name ?? ContainerName(builder.ApplicationBuilder, builder.Resource.Name)}:/var/lib/postgresql/data");
        });

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.OnResourceReady(async (server, ready, cancellationToken) =>
        {
            await PostgresDatabases.EnsureAsync(server.ConnectionString("postgres"), database.DatabaseName, cancellationToken);
            await ready.Services.GetRequiredService<ResourceNotificationService>()
                .PublishUpdateAsync(database, snapshot => snapshot with { State = KnownResourceStates.Running });
        });
        return builder.ApplicationBuilder.AddResource(database);
    }

    private static string ContainerName(IDistributedApplicationBuilder builder, string name) =>
        $"leadline-{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(builder.AppHostDirectory)))[..8]}";

    /// <summary>The volume keeps the password it was made with, so it is kept too.</summary>
    private static string Password(string container)
    {
        var file = Path.Combine(LeadlineFolders.Data, container + ".password");
        if (File.Exists(file))
            return File.ReadAllText(file);

        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Directory.CreateDirectory(LeadlineFolders.Data);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using var stream = new FileStream(file, options);
        stream.Write(Encoding.UTF8.GetBytes(password));
        return password;
    }
}
