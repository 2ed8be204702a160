using AppHost.Warehouse;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace AppHost.Services;

/// <summary>Says where everything is once there is a score to ask for, or the pipelines have run where they lead to no scores.</summary>
internal static class Welcome
{
    public static IResourceBuilder<ProjectResource> WithWelcome(
        this IResourceBuilder<ProjectResource> api,
        IResourceBuilder<ProjectResource> worker,
        IResourceBuilder<IResourceWithConnectionString> warehouse,
        bool hasScores)
    {
        var builder = api.ApplicationBuilder;
        var passFile = builder.Resources.OfType<LocalPostgresResource>().SingleOrDefault()?.PassFile;
        (hasScores ? api : worker).OnResourceReady(async (_, _, token) =>
        {
            var connectionString = await warehouse.Resource.GetConnectionStringAsync(token);
            Console.WriteLine($$"""

                  dashboard  {{Dashboard(builder.Configuration)}}
                  api        {{api.GetEndpoint("http").Url}}
                  worker     {{worker.GetEndpoint("http").Url}}
                  warehouse  {{WithoutPassword(connectionString!, passFile)}}

                  {{(hasScores ? await RequestAsync() : $"leadline pipeline list --url {worker.GetEndpoint("http").Url}")}}

                  Ctrl-C stops everything; the data stays.

                """);

            async Task<string> RequestAsync()
            {
                var lead = await FindLeadAsync(connectionString!, token);
                return $$"""curl -s {{api.GetEndpoint("http").Url}}/predict -H 'Content-Type: application/json' -d '{"contact_id": {{lead}}}'""";
            }
        });
        return api;
    }

    private static string Dashboard(IConfiguration configuration) =>
        configuration["ASPNETCORE_URLS"]?.Split(';')[0] is { } url ? $"{url}/login?t={configuration["AppHost:BrowserToken"]}" : "is not running";

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
