using Models.Contracts;
using Models.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace Ingestion.Worker.Definitions;

/// <summary>Reads a pipeline's file. A mistake is a diagnostic at its line; the other mistakes of the file are still found.</summary>
public static class PipelineReader
{
    /// <summary>The file of a project's folder that declares its pipeline.</summary>
    public const string FileName = "pipeline.yml";

    /// <summary>Reads one pipeline; null where the file has an error, which is then in <paramref name="diagnostics"/>.</summary>
    public static PipelineDefinition? Read(string path, DiagnosticBag diagnostics)
    {
        try
        {
            return Read(new SourceText(path, TextFile.ReadAllText(path)), diagnostics);
        }
        catch (TextFileException exception)
        {
            diagnostics.Add(PipelineDiagnostics.Unreadable(exception.Fault.Span, exception.Fault.Reason));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(PipelineDiagnostics.Unreadable(SourceSpan.WholeFile(path), exception.Message));
        }

        return null;
    }

    /// <summary>Reads one pipeline from its text.</summary>
    public static PipelineDefinition? Read(SourceText source, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var map = YamlMap.Read(source, "pipeline", "one mapping with steps", PipelineDiagnostics.InvalidYaml, found);
        var pipeline = map is null ? null : Read(map, source.Path, found);
        foreach (var diagnostic in found.ToSortedList())
            diagnostics.Add(diagnostic);

        return found.HasErrors ? null : pipeline;
    }

    private static PipelineDefinition Read(YamlMap map, string file, DiagnosticBag diagnostics)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var pipeline = new PipelineDefinition
        {
            Name = Path.GetFileName(folder),
            ProjectDirectory = folder,
            Span = map.Span,
            Description = map.Text("description")?.Trim() ?? "",
            Schedule = ScheduleReader.Read(map, file, diagnostics),
            Concurrency = map.Count("concurrency") ?? 1,
            Readable = [.. map.Texts("readable").Select(r => new ReadableSchema(r.Text, r.Span))],
            Steps = StepReader.ReadAll(map, file, diagnostics),
            Webhooks = [.. map.Maps("webhooks").Select(node => WebhookReader.Read(new YamlMap(node, "the webhook", file, diagnostics), file, diagnostics))],
        };
        pipeline = WithSample(pipeline, map, file, diagnostics);
        map.ReportUnknownKeys();
        return pipeline;
    }

    /// <summary>The name of a built-in generator, or the size for the project's own queries.</summary>
    private static PipelineDefinition WithSample(PipelineDefinition pipeline, YamlMap map, string file, DiagnosticBag diagnostics)
    {
        if (map.Find("sample") is YamlMappingNode node)
        {
            var sample = new YamlMap(node, "the sample", file, diagnostics);
            sample.RequiredText("size", "size: 1000");
            var size = sample.Count("size");
            sample.ReportUnknownKeys();
            return pipeline with { SampleSize = size };
        }

        var name = map.Text("sample");
        if (name is not null && !PipelineSamples.Names.Contains(name))
            diagnostics.Add(PipelineDiagnostics.UnknownSample(YamlMap.SpanOf(map.Find("sample")!, file), name, PipelineSamples.Names));

        return pipeline with { Sample = name };
    }
}
