using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Worker.Definitions;

/// <summary>Reads where the end of a run is told.</summary>
internal static class WebhookReader
{
    private const string Failure = "failure";
    private const string Success = "success";

    public static PipelineWebhook Read(YamlMap map, string file, DiagnosticBag diagnostics)
    {
        var url = CallReader.ReadAddress(map, "url", file, diagnostics);
        var secret = map.Text("secret") ?? "";
        if (map.Find("url") is null == (secret.Length == 0))
            diagnostics.Add(PipelineDiagnostics.OneAddress(map.Span));

        var on = map.Texts("on").Select(o => o.Text).ToList();
        if (on.Exists(o => o is not (Failure or Success)))
            map.ReportShape(map.Find("on")!, "on", $"a list of {Failure} and {Success}");

        map.ReportUnknownKeys();
        return new PipelineWebhook(url, secret, OnFailure: on.Count == 0 || on.Contains(Failure), OnSuccess: on.Contains(Success));
    }
}
