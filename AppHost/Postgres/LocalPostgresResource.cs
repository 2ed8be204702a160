using Models.Postgres;

namespace AppHost.Postgres;

/// <summary>A PostgreSQL server that runs from the programs on this machine: no container is needed.</summary>
internal sealed class LocalPostgresResource(string name, PreparedServer server, string program, string folder)
    : ExecutableResource(name, program, folder), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{ConnectionString("postgres")}");

    /// <summary>What a person's own connection takes the password from.</summary>
    public string PassFile => server.PassFile;

    public string ConnectionString(string database) => server.ConnectionString(database);
}
