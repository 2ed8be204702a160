using System.Security.Cryptography;
using System.Text;
using Ingestion.Worker.Settings;
using Microsoft.Extensions.Options;
using Models.Postgres.Machine;
using Npgsql;
using ServiceDefaults.Warehouse;

namespace Ingestion.Worker.Steps;

/// <summary>Where the lake is: the configured folder, else one of the user's cache for each warehouse.</summary>
internal sealed class LakeFolder(IConfiguration configuration, IOptions<IngestionOptions> options)
{
    public string FullPath => string.IsNullOrWhiteSpace(options.Value.Lake)
        ? Path.Combine(LeadlineFolders.Cache, "lake", WarehouseKey(configuration.GetConnectionString(WarehouseStart.ConnectionName)!))
        : Path.GetFullPath(options.Value.Lake);

    /// <summary>The same for the same database and schema, as a name of a folder.</summary>
    public static string WarehouseKey(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"{target.Host}:{target.Port}/{target.Database}/{target.SearchPath}"));
        return Convert.ToHexStringLower(key.AsSpan(0, 8));
    }
}
