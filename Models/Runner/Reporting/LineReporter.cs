using System.Globalization;
using Models.Diagnostics;
using Models.Engine;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Runner.Reporting;

/// <summary>Writes one line for each event, in dbt's format.</summary>
internal sealed class LineReporter(TextWriter output, ReportStyle style, TimeProvider clock) : IRunObserver
{
    private const int TimeWidth = 10;
    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);

    /// <summary>False if another reporter shows running nodes.</summary>
    public bool ShowStarts { get; init; } = true;

    /// <summary>The width of the terminal; names are shortened so that a node's line fits. Null for no limit.</summary>
    public Func<int>? Columns { get; init; }

    public void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.Where(_ => style.Level <= LogLevel.Warn))
            Line(style.Paint(diagnostic.ToString(), Tone.Warn));
        if (!style.Quiet)
            Line(ProjectInventory.Describe(project));
    }

    public void RunStarting(IReadOnlyList<Node> nodes, int threads, string target)
    {
        if (style.Quiet)
            return;

        if (nodes.Count == 0)
        {
            Line("Nothing to do. Try checking your model configs and model specification args");
            return;
        }

        Line("");
        Line($"Concurrency: {threads} thread{(threads == 1 ? "" : "s")} (target='{target}')");
        Line("");
    }

    public void NodeStarted(Node node, int index, int total)
    {
        if (!style.Quiet && ShowStarts)
            Line(Dotted($"{index} of {total} START {NodeWords.Of(node)}", "[", "RUN", "]"));
    }

    public void NodeFinished(NodeResult result, int index, int total)
    {
        if (result.Status != NodeStatus.Skipped)
        {
            var kind = NodeWords.Kind(result.Node);
            _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        }

        if (style.Quiet)
            return;

        var (outcome, tone) = NodeWords.Outcome(result);
        var text = $"{index} of {total} {outcome}";
        Line(result.Status == NodeStatus.Skipped
            ? Dotted(text, "[", "SKIP", "]", tone)
            : Dotted(text, "[", NodeWords.Tag(result), $" in {result.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)}s]", tone));
    }

    public void Message(string line, bool isWarning)
    {
        if (isWarning && style.Level <= LogLevel.Warn)
            Line(style.Paint($"[WARNING]: {line}", Tone.Warn));
        else if (!isWarning && !style.Quiet)
            Line(line);
    }

    public bool ReadsDebug => style.Level == LogLevel.Debug;

    public void Debug(string line)
    {
        if (style.Level == LogLevel.Debug)
            Line(line);
    }

    public void TemplateOutput(string text) => output.WriteLine(text);

    public void RunFinished(RunSummary summary)
    {
        if (summary.Results.Count == 0)
            return;

        if (!style.Quiet)
        {
            Line("");
            var kinds = string.Join(", ", _kinds.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Value} {k.Key}{(k.Value == 1 ? "" : "s")}"));
            var elapsed = summary.Elapsed;
            Line($"Finished running {kinds} in {(int)elapsed.TotalHours} hours {elapsed.Minutes} minutes and {elapsed.TotalSeconds % 60:0.00} seconds " +
                $"({elapsed.TotalSeconds:0.00}s).");
        }

        WriteProblems(summary);
        if (!style.Quiet)
            Line(Totals(summary));
    }

    private static string Totals(RunSummary summary)
    {
        var errors = summary.Results.Count(r => r.Status.IsFailure());
        var (warnings, skipped, unchanged) = (summary.Count(NodeStatus.Warn), summary.Count(NodeStatus.Skipped), summary.Count(NodeStatus.NoOp));
        return $"Done. PASS={Passed(summary)} WARN={warnings} ERROR={errors} SKIP={skipped} NO-OP={unchanged} TOTAL={summary.Results.Count}";
    }

    private void WriteProblems(RunSummary summary)
    {
        var problems = summary.Results.Where(r => r.Status.IsFailure() || r.Status == NodeStatus.Warn).ToList();
        var errors = problems.Count(p => p.Status.IsFailure());
        var warnings = problems.Count - errors;
        if (!style.Quiet || errors > 0)
        {
            Line("");
            Line(summary switch
            {
                { Cancelled: true } => style.Paint("Cancelled; every relation is either as it was or built anew", Tone.Bad),
                _ when errors > 0 => style.Paint($"Completed with {Count(errors, "error")}, and {Count(warnings, "warning")}:", Tone.Bad),
                _ when warnings > 0 => style.Paint($"Completed with {Count(warnings, "warning")}:", Tone.Warn),
                _ => style.Paint("Completed successfully", Tone.Good),
            });
        }

        foreach (var problem in problems)
        {
            Line("");
            var (word, tone) = problem.Status switch
            {
                NodeStatus.Warn => ("Warning", Tone.Warn),
                NodeStatus.Fail => ("Failure", Tone.Bad),
                _ => ("Error", Tone.Bad),
            };
            Line(style.Paint($"{word} in {NodeWords.Type(problem.Node)} {problem.Node.Name} ({problem.Node.OriginalFilePath})", tone));
            Line($"  {problem.Message}");
        }

        if (!style.Quiet)
            Line("");
    }

    private static int Passed(RunSummary summary) => summary.Count(NodeStatus.Success) + summary.Count(NodeStatus.Pass);

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private string Dotted(string text, string open, string tag, string close, Tone? tone = null)
    {
        var room = Columns is { } columns ? Math.Max(20, columns() - TimeWidth - 1 - open.Length - tag.Length - close.Length) : int.MaxValue;
        var width = Math.Min(style.Width, room);
        text = Shortened.To(text, room);
        var end = $"{open}{(tone is { } colour ? style.Paint(tag, colour) : tag)}{close}";
        return text.Length >= width - 1 ? $"{text} {end}" : $"{text} {new string('.', width - text.Length - 1)} {end}";
    }

    private void Line(string text) =>
        output.WriteLine(text.Length == 0 ? clock.GetLocalNow().ToString("HH:mm:ss") : $"{clock.GetLocalNow():HH:mm:ss}  {text}");
}
