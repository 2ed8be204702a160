using Models.Postgres;

namespace AppHost.Warehouse;

/// <summary>A PostgreSQL server that runs from the programs on this machine, and a database of it: no container is needed.</summary>
internal sealed class LocalPostgresResource(string name, PreparedServer server, WarehouseDatabase database, string program, string folder)
    : ExecutableResource(name, program, folder)
{
    public WarehouseDatabase Database { get; } = database;

    /// <summary>The superuser's, to the database that every server has. No service is given it.</summary>
    public string ServerConnectionString { get; } = server.ConnectionString("postgres");

    /// <summary>What a person's own connection takes the password from.</summary>
    public string PassFile => server.PassFile;
}
