using Models.Postgres;

namespace AppHost.Warehouse;

/// <summary>A PostgreSQL server that runs from the programs on this machine, and a database of it: no container is needed.</summary>
internal sealed class LocalPostgresResource(string name, PreparedServer server, string database, string program, string folder)
    : ExecutableResource(name, program, folder), IResourceWithConnectionString
{
    public string Database { get; } = database;

    /// <summary>Of the database.</summary>
    public string ConnectionString { get; } = server.ConnectionString(database);

    /// <summary>Of the database that every server has.</summary>
    public string ServerConnectionString { get; } = server.ConnectionString("postgres");

    /// <summary>What a person's own connection takes the password from.</summary>
    public string PassFile => server.PassFile;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{ConnectionString}");
}
