using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// What the API is measured against: minimal endpoints, one that reads an indexed row and answers with it, and one that parses values and answers with
/// them. A process of its own (this program, called with <see cref="ChildCommand"/>).
/// </summary>
internal static class BareService
{
    public const string ChildCommand = "bare-service";

    /// <summary>Starts the child process.</summary>
    public static BackgroundProcess Start(string url, string connectionString) => new(
        Environment.ProcessPath!, [ChildCommand, url, connectionString], new Dictionary<string, string>(StringComparer.Ordinal));

    public static async Task<int> RunChildAsync(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(arguments[0]);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        await using var source = NpgsqlDataSource.Create(arguments[1]);

        app.MapGet("/health", () => Results.Ok());
        app.MapPost("/row", async (LeadRequest request, CancellationToken cancellationToken) =>
        {
            await using var command = source.CreateCommand(
                "select contact_id, created_at, marketing_source, call_attempts, is_customer from bench_features.lead_features where contact_id = $1");
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = request.contact_id });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken)
                ? Results.Ok(new LeadRow(reader.GetInt64(0), reader.GetDateTime(1), reader.GetString(2), reader.GetInt32(3), reader.GetBoolean(4)))
                : Results.NotFound();
        });
        app.MapPost("/values", (JsonElement values) => Results.Ok(values));
        await app.RunAsync();
        return 0;
    }

    private sealed record LeadRequest(long contact_id);

    private sealed record LeadRow(long ContactId, DateTime CreatedAt, string MarketingSource, int CallAttempts, bool IsCustomer);
}
