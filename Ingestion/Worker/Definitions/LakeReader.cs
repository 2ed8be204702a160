using Ingestion.Connectors.Lake;
using Ingestion.Loading.Detection;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Worker.Definitions;

/// <summary>Reads what a step extracts into the lake, or loads from it.</summary>
internal static class LakeReader
{
    private static readonly string[] s_formats = ["ndjson", "parquet"];

    /// <summary>Null where the connection is missing, which was reported.</summary>
    public static LakeExtraction? ReadExtraction(YamlMap map, string pipeline, string file, DiagnosticBag diagnostics)
    {
        var connection = map.RequiredText("connection", "shop");
        var request = new ExtractRequest(map.Span, connection ?? "");
        request = request with
        {
            Tables = [.. map.Texts("tables").Select(t => t.Text)],
            Schema = map.Text("schema") ?? request.Schema,
            Parallel = map.Count("parallel") ?? request.Parallel,
            Keep = map.Count("keep") ?? request.Keep,
            Format = map.Text("format") ?? request.Format,
        };
        if (!s_formats.Contains(request.Format))
            map.ReportShape(map.Find("format")!, "format", $"one of {string.Join(", ", s_formats)}");

        var to = ReadFolder(map, "to", pipeline, file, diagnostics);
        map.ReportUnknownKeys();
        return connection is null ? null : new LakeExtraction(request, to);
    }

    public static LakeRequest ReadLoad(YamlMap map, string pipeline, string file, DiagnosticBag diagnostics)
    {
        var request = new LakeRequest(map.Span, ReadFolder(map, "from", pipeline, file, diagnostics));
        request = request with
        {
            Tables = [.. map.Texts("tables").Select(t => t.Text)],
            MaxBadRecords = map.Whole("max_bad_records") ?? request.MaxBadRecords,
            Parallel = map.Count("parallel") ?? request.Parallel,
        };
        map.ReportUnknownKeys();
        return request;
    }

    /// <summary>A folder inside the lake; by default one of the pipeline's name.</summary>
    private static string ReadFolder(YamlMap map, string key, string pipeline, string file, DiagnosticBag diagnostics)
    {
        var folder = map.Text(key) ?? pipeline;
        if (Path.IsPathRooted(folder) || folder.Split('/', '\\').Contains("..", StringComparer.Ordinal))
            diagnostics.Add(PipelineDiagnostics.OutsideLake(YamlMap.SpanOf(map.Find(key)!, file), folder));
        return folder;
    }
}
