using System.Globalization;
using System.Text.Json.Serialization;
using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Ingestion.Worker.Steps;

namespace Ingestion.Worker.Webhooks;

/// <summary>What a webhook is sent, in the shape that Slack's incoming webhooks take (https://api.slack.com/reference/messaging/attachments).</summary>
internal sealed record WebhookMessage(
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("attachments")] IReadOnlyList<WebhookAttachment> Attachments)
{
    private const int MostFailures = 10;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="run">Its run, ended.</param>
    /// <param name="outcomes">How its steps ended.</param>
    /// <param name="changes">What was loaded since the last run that went well.</param>
    public static WebhookMessage Of(PipelineDefinition pipeline, PipelineRun run, IReadOnlyList<StepOutcome> outcomes, IReadOnlyList<UpstreamChange> changes)
    {
        var bad = outcomes.Where(o => o.Step.Status is RunStatus.Failed or RunStatus.Warned).ToList();
        var fields = new List<WebhookField>();
        foreach (var outcome in bad)
        {
            fields.Add(new WebhookField("Step", $"{outcome.Step.Step} ({(outcome.Step.Status == RunStatus.Warned ? "advisory" : "critical")})", IsShort: true));
            foreach (var failure in outcome.Failures.Take(MostFailures))
            {
                fields.Add(new WebhookField("Dataset", failure.Dataset, IsShort: true));
                if (failure.Check.Length > 0)
                    fields.Add(new WebhookField("Check", failure.Check, IsShort: true));
                fields.Add(new WebhookField("Found", failure.Message, IsShort: false));
            }

            if (outcome.Failures.Count == 0)
                fields.Add(new WebhookField("Reason", outcome.Step.Reason, IsShort: false));
        }

        if (changes.Count > 0)
            fields.Add(new WebhookField("Changed upstream", string.Join('\n', changes.Select(c => c.ToString())), IsShort: false));
        fields.Add(new WebhookField("Run", run.Id.ToString(), IsShort: true));
        fields.Add(new WebhookField("Rows loaded", run.Rows.ToString("N0", CultureInfo.InvariantCulture), IsShort: true));
        return new WebhookMessage(Headline(pipeline, run, bad), [new WebhookAttachment(Color(run, bad), fields)]);
    }

    private static string Headline(PipelineDefinition pipeline, PipelineRun run, List<StepOutcome> bad)
    {
        var seconds = ((run.FinishedAt ?? run.QueuedAt) - (run.StartedAt ?? run.QueuedAt)).TotalSeconds;
        var time = string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
        return run.Status switch
        {
            RunStatus.Succeeded when bad.Count == 0 => $"Pipeline {pipeline.Name} went well in {time}",
            RunStatus.Succeeded => $"Pipeline {pipeline.Name} went well in {time}, but for {bad.Count} advisory {(bad.Count == 1 ? "step" : "steps")}",
            _ => $"Pipeline {pipeline.Name} failed after {time}: {run.Reason}",
        };
    }

    private static string Color(PipelineRun run, List<StepOutcome> bad) => run.Status != RunStatus.Succeeded ? "danger" : bad.Count > 0 ? "warning" : "good";
}

internal sealed record WebhookAttachment(
    [property: JsonPropertyName("color")] string Color,
    [property: JsonPropertyName("fields")] IReadOnlyList<WebhookField> Fields);

internal sealed record WebhookField(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("value")] string Value,
    [property: JsonPropertyName("short")] bool IsShort);
