using Npgsql;

namespace AppHost;

/// <summary>Says where everything is once everything is up.</summary>
internal static class Welcome
{
    public static async Task PrintAsync(
        EndpointReference api, EndpointReference worker, IResourceWithConnectionString warehouse, string? passFile, CancellationToken cancellationToken)
    {
        var connectionString = await warehouse.GetConnectionStringAsync(cancellationToken);
        var lead = await FindLeadAsync(connectionString!, cancellationToken);
        Console.WriteLine($$"""

              api        {{api.Url}}
              worker     {{worker.Url}}
              warehouse  {{WithoutPassword(connectionString!, passFile)}}

              curl -s {{api.Url}}/predict -H 'Content-Type: application/json' -d '{"contact_id": {{lead}}}'

              Ctrl-C stops everything; the data stays.

            """);
    }

    /// <summary>What is printed ends up in logs. The password of the local server is in a file that its user alone can read.</summary>
    private static string WithoutPassword(string connectionString, string? passFile)
    {
        var shown = new NpgsqlConnectionStringBuilder(connectionString);
        shown.Remove("Password");
        shown.Remove("Include Error Detail");
        if (passFile is not null)
            shown.Passfile = passFile;

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
