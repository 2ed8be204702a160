using Models.Contracts;
using Npgsql;
using ServiceDefaults.Warehouse;

namespace Ingestion.Worker.Pipelines;

/// <summary>The databases that contracts read, by the name of their connection string.</summary>
internal sealed class SourceConnections(IConfiguration configuration)
{
    /// <summary>
    /// The configured connection strings. A contract that seeds its table may do without one: its database is then one of the
    /// connection's name on the warehouse's own server.
    /// </summary>
    public IReadOnlyDictionary<string, string> For(IEnumerable<Contract> contracts)
    {
        var connections = configuration.GetSection("ConnectionStrings").GetChildren()
            .Where(c => !string.IsNullOrWhiteSpace(c.Value))
            .ToDictionary(c => c.Key, c => c.Value!, StringComparer.OrdinalIgnoreCase);
        foreach (var options in contracts.Select(c => c.Options).Where(o => o.Seed.Length > 0))
            connections.TryAdd(options.Connection, OnWarehouseServer(options.Connection));

        return connections;
    }

    private string OnWarehouseServer(string database) =>
        new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(WarehouseStart.ConnectionName)) { Database = database, SearchPath = null }.ConnectionString;
}
