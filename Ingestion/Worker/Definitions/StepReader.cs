using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Worker.Definitions;

/// <summary>Reads a pipeline's steps, and sees to it that they can be run in some order.</summary>
internal static class StepReader
{
    private const int MostRetries = 100;

    private static readonly Dictionary<string, StepKind> s_kinds = Enum.GetValues<StepKind>()
        .ToDictionary(k => k.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Where the file says nothing else, a step comes after the one above it.</summary>
    public static IReadOnlyList<PipelineStep> ReadAll(YamlMap pipeline, string file, DiagnosticBag diagnostics)
    {
        var steps = new List<PipelineStep>();
        var places = new Dictionary<string, YamlMap>(StringComparer.Ordinal);
        foreach (var node in pipeline.Maps("steps"))
        {
            var map = new YamlMap(node, "the step", file, diagnostics);
            if (Read(map, steps.LastOrDefault(), file, diagnostics) is not { } step)
                continue;

            if (places.TryAdd(step.Name, map))
                steps.Add(step);
            else
                diagnostics.Add(PipelineDiagnostics.DuplicateStep(map.Span, step.Name));
        }

        if (steps.Count == 0 && !diagnostics.HasErrors)
            diagnostics.Add(PipelineDiagnostics.NoSteps(pipeline.Span));

        CheckOrder(steps, places, diagnostics);
        return steps;
    }

    private static PipelineStep? Read(YamlMap map, PipelineStep? previous, string file, DiagnosticBag diagnostics)
    {
        var name = map.Text("name");
        var given = s_kinds.Keys.Where(k => map.Find(k) is not null).ToList();
        var after = map.Find("after") is null ? (previous is null ? [] : [previous.Name]) : map.Texts("after").Select(a => a.Text).ToList();
        var step = new PipelineStep { Name = name ?? given.FirstOrDefault() ?? "", Kind = given.Count > 0 ? s_kinds[given[0]] : default, After = after };
        step = step with
        {
            Retries = ReadRetries(map),
            Backoff = map.Duration("backoff", file, diagnostics) ?? step.Backoff,
            Timeout = map.Duration("timeout", file, diagnostics),
            OnlyReports = map.Choice<FailurePolicy>("on_failure") == FailurePolicy.Report,
            Exclude = [.. map.Texts("exclude").Select(t => t.Text)],
            IsOptional = map.Boolean("optional") ?? false,
        };
        if (given is [var kind])
        {
            step = ReadWork(step, kind, map, file, diagnostics);
            if (step.Exclude.Count > 0 && step.Kind is not (StepKind.Build or StepKind.Test))
                diagnostics.Add(PipelineDiagnostics.Misplaced(YamlMap.SpanOf(map.Find("exclude")!, file), kind, "exclude", "build and test"));
            if (step.IsOptional && step.Kind is not (StepKind.Train or StepKind.Score))
                diagnostics.Add(PipelineDiagnostics.Misplaced(YamlMap.SpanOf(map.Find("optional")!, file), kind, "optional", "train and score"));
            if (step.Select.Count > 0 && step.Kind is StepKind.Train or StepKind.Score)
                map.ReportShape(map.Find(kind)!, kind, "the word all");
        }

        var before = diagnostics.Count;
        map.ReportUnknownKeys();
        switch (given.Count)
        {
            case 0 when diagnostics.Count > before:
                // it is what the unknown key was meant to be
                return null;
            case 0:
                diagnostics.Add(PipelineDiagnostics.StepWithoutKind(map.Span, string.Join(", ", s_kinds.Keys)));
                return null;
            case > 1:
                diagnostics.Add(PipelineDiagnostics.SeveralKinds(map.Span, string.Join(", ", given)));
                return null;
            default:
                return step;
        }
    }

    private static PipelineStep ReadWork(PipelineStep step, string kind, YamlMap map, string file, DiagnosticBag diagnostics)
    {
        var pipeline = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)))!;
        return step.Kind switch
        {
            StepKind.Call => step with { Call = map.Map(kind, "the call") is { } call ? CallReader.Read(call, file, diagnostics) : null },
            StepKind.Extract => step with
            {
                Extract = map.Map(kind, "the extraction") is { } extract ? LakeReader.ReadExtraction(extract, pipeline, file, diagnostics) : null,
            },
            StepKind.Load => step with { Load = map.Map(kind, "the load") is { } load ? LakeReader.ReadLoad(load, pipeline, file, diagnostics) : null },
            _ => step with { Select = [.. map.Texts(kind).Select(t => t.Text).Where(t => t != "all")] },
        };
    }

    private static int ReadRetries(YamlMap map)
    {
        var retries = map.Whole("retries") ?? 0;
        if (retries <= MostRetries)
            return (int)retries;

        map.ReportShape(map.Find("retries")!, "retries", $"a whole number, 0 to {MostRetries}");
        return 0;
    }

    private static void CheckOrder(List<PipelineStep> steps, Dictionary<string, YamlMap> places, DiagnosticBag diagnostics)
    {
        var names = steps.ConvertAll(s => s.Name);
        var unknown = false;
        foreach (var step in steps)
        {
            foreach (var (name, span) in places[step.Name].Texts("after").Where(a => !names.Contains(a.Text)))
            {
                unknown = true;
                diagnostics.Add(PipelineDiagnostics.UnknownStep(span, name, names));
            }
        }

        if (!unknown && StepOrder.FindCircle(steps) is { } circle)
            diagnostics.Add(PipelineDiagnostics.Circle(places[circle[0]].Span, circle));
    }

    private enum FailurePolicy
    {
        Stop,
        Report,
    }
}
