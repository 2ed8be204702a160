using Models.Contracts;
using Npgsql;
using ServiceDefaults.Warehouse;

namespace Ingestion.Worker.Steps;

/// <summary>The databases that contracts read, by the name of their connection string, and the secrets that they name.</summary>
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

    /// <summary>The configured secrets (<c>Secrets__name</c>), which contracts name and never hold.</summary>
    public IReadOnlyDictionary<string, string> Secrets() => configuration.GetSection("Secrets").GetChildren()
        .Where(s => !string.IsNullOrWhiteSpace(s.Value))
        .ToDictionary(s => s.Key, s => s.Value!, StringComparer.OrdinalIgnoreCase);

    /// <exception cref="PipelineException">It is not configured.</exception>
    public string Secret(string name) => Secrets().TryGetValue(name, out var value)
        ? value
        : throw new PipelineException($"The secret '{name}' is not there: set Secrets__{name}.");

    private string OnWarehouseServer(string database) =>
        new NpgsqlConnectionStringBuilder(
            configuration.GetConnectionString(WarehouseStart.ConnectionName)) { Database = database, SearchPath = null }.ConnectionString;
}
