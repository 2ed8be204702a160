using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Steps;
using Ingestion.Worker.Telemetry;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;
using Polly;
using Polly.Timeout;

namespace Ingestion.Worker.Webhooks;

/// <summary>Tells a pipeline's webhooks how its runs end. One that does not listen is no failure of the run.</summary>
internal sealed class WebhookSender(
    IHttpClientFactory clients, SourceConnections connections, NpgsqlDataSource dataSource, DataFolder data, ILogger<WebhookSender> logger)
{
    private const int ShownChanges = 20;

    public async Task TellAsync(PipelineDefinition pipeline, PipelineRun run, IReadOnlyList<StepOutcome> outcomes)
    {
        var isBad = run.Status != RunStatus.Succeeded || outcomes.Any(o => o.Step.Status == RunStatus.Warned);
        var webhooks = pipeline.Webhooks.Where(w => isBad ? w.OnFailure : w.OnSuccess).ToList();
        if (webhooks.Count == 0 || run.Status == RunStatus.Cancelled)
            return;

        var message = WebhookMessage.Of(pipeline, Public(pipeline, run), [.. outcomes.Select(o => Public(pipeline, o))], await ChangesAsync(pipeline, run));
        foreach (var webhook in webhooks)
            await SendAsync(pipeline, webhook, message);
    }

    private async Task SendAsync(PipelineDefinition pipeline, PipelineWebhook webhook, WebhookMessage message)
    {
        var host = webhook.Url?.Host ?? $"the address of secret '{webhook.Secret}'";
        try
        {
            if (!Uri.TryCreate(webhook.Url?.ToString() ?? connections.Secret(webhook.Secret), UriKind.Absolute, out var url))
                throw new PipelineException($"secret '{webhook.Secret}' holds no address");

            using var client = clients.CreateClient();
            using var response = await client.PostAsJsonAsync(url, message);
            if (!response.IsSuccessStatusCode)
                Log.NotTold(logger, pipeline.Name, host, $"it answered {(int)response.StatusCode}");
        }
        catch (Exception exception) when (
            exception is HttpRequestException or OperationCanceledException or PipelineException or ExecutionRejectedException or TimeoutRejectedException)
        {
            Log.NotTold(logger, pipeline.Name, host, exception.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>What was loaded into the pipeline's sources since its last run that went well began.</summary>
    private async Task<IReadOnlyList<UpstreamChange>> ChangesAsync(PipelineDefinition pipeline, PipelineRun run)
    {
        var contracts = ContractReader.ReadAll(pipeline.ProjectDirectory, new DiagnosticBag()).Select(c => c.Name);
        var watched = pipeline.Schedule.WhenNew.Where(t => t.LoadedAt.Length == 0).Select(t => t.Table.Split('.')[1]);
        try
        {
            return await dataSource
                .Command(
                    """
                    select table_name, source_file, row_count, deleted_count, quarantined_count, finished_at from ingestion.batches
                    where table_name = any ($1) and finished_at > coalesce(
                        (select max(started_at) from ingestion.runs where pipeline = $2 and status = 'Succeeded' and run_id <> $3), '-infinity')
                    order by finished_at desc limit $4
                    """,
                    contracts.Concat(watched).Distinct(StringComparer.Ordinal).ToArray(),
                    pipeline.Name,
                    run.Id,
                    ShownChanges)
                .ReadAsync(r => new UpstreamChange(
                    r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetFieldValue<DateTimeOffset>(5)), CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // no table yet, or no server: the message goes without them
            return [];
        }
    }

    private PipelineRun Public(PipelineDefinition pipeline, PipelineRun run) => run with { Reason = Public(pipeline, run.Reason) };

    private StepOutcome Public(PipelineDefinition pipeline, StepOutcome outcome) => new(
        outcome.Step with { Reason = Public(pipeline, outcome.Step.Reason) },
        [.. outcome.Failures.Select(f => f with { Message = Public(pipeline, f.Message) })]);

    private string Public(PipelineDefinition pipeline, string text) => PublicText.WithoutAbsolutePaths(text, data.FullPath, pipeline.ProjectDirectory);
}
