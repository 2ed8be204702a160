namespace Ingestion.Worker.Definitions;

/// <summary>Where the end of a run is told, as JSON that Slack's incoming webhooks take.</summary>
/// <param name="Url">The address; null where a secret holds it.</param>
/// <param name="Secret">The name of the secret that holds the address; empty where <paramref name="Url"/> is given.</param>
/// <param name="OnFailure">Told of runs that failed, or in which an advisory check did.</param>
/// <param name="OnSuccess">Told of runs that went well.</param>
public sealed record PipelineWebhook(Uri? Url, string Secret, bool OnFailure, bool OnSuccess);
