using Npgsql;

namespace AppHost;

/// <summary>Says where everything is once everything is up.</summary>
internal static class Welcome
{
    public static async Task PrintAsync(
        EndpointReference api, EndpointReference worker, IResourceWithConnectionString warehouse, CancellationToken cancellationToken)
    {
        var connectionString = await warehouse.GetConnectionStringAsync(cancellationToken);
        var lead = await FindLeadAsync(connectionString!, cancellationToken);
        Console.WriteLine($$"""

              api        {{api.Url}}
              worker     {{worker.Url}}
              warehouse  {{WithoutPassword(connectionString!)}}

              curl -s {{api.Url}}/predict -H 'Content-Type: application/json' -d '{"contact_id": {{lead}}}'

              Ctrl-C stops everything; the data stays.

            """);
    }

    /// <summary>What is printed ends up in logs. The password of the local server is in its folder, for its user to read.</summary>
    private static string WithoutPassword(string connectionString)
    {
        var shown = new NpgsqlConnectionStringBuilder(connectionString);
        shown.Remove("Password");
        shown.Remove("Include Error Detail");
        return shown.ConnectionString;
    }

    /// <summary>A lead to ask for: the first that was loaded.</summary>
    private static async Task<long> FindLeadAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("SELECT contact_id FROM raw.lead_dataset ORDER BY meta_source_line LIMIT 1");
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken));
    }
}
