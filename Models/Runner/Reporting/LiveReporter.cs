using Models.Diagnostics;
using Models.Engine;
using Models.Parsing;
using Models.Project.Graph;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Models.Runner.Reporting;

/// <summary>The reporter for terminals: finished nodes are lines above a table of running nodes.</summary>
internal sealed class LiveReporter : IRunObserver, IDisposable
{
    private const int RowsShown = 12;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private readonly LineReporter _lines;
    private readonly TimeProvider _clock;
    private readonly IAnsiConsole _console;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Node Node, long Since)> _running = new(StringComparer.Ordinal);
    private readonly StringWriter _pending;
    private readonly ManualResetEventSlim _ended = new();
    private Task? _display;
    private int _finished;
    private int _failed;
    private int _warned;
    private int _skipped;
    private int _total;
    private long _since;

    public LiveReporter(IAnsiConsole console, ReportStyle style, TimeProvider clock)
    {
        _console = console;
        _clock = clock;
        _pending = new StringWriter();
        _lines = new LineReporter(_pending, style, clock) { ShowStarts = false, Columns = () => console.Profile.Width };
    }

    public void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics) => Tell(() => _lines.ProjectParsed(project, diagnostics));

    public void RunStarting(IReadOnlyList<Node> nodes, int threads, string target)
    {
        Tell(() => _lines.RunStarting(nodes, threads, target));
        _total = nodes.Count;
        _since = _clock.GetTimestamp();
        if (nodes.Count > 0)
            _display = Task.Run(Display);
    }

    public void NodeStarted(Node node, int index, int total) =>
        Tell(() => _running[node.UniqueId] = (node, _clock.GetTimestamp()));

    public void NodeFinished(NodeResult result, int index, int total) => Tell(() =>
    {
        _running.Remove(result.Node.UniqueId);
        _finished++;
        _failed += result.Status.IsFailure() ? 1 : 0;
        _warned += result.Status == NodeStatus.Warn ? 1 : 0;
        _skipped += result.Status == NodeStatus.Skipped ? 1 : 0;
        _lines.NodeFinished(result, index, total);
    });

    public void Message(string line, bool isWarning) => Tell(() => _lines.Message(line, isWarning));

    public void TemplateOutput(string text) => Tell(() => _lines.TemplateOutput(text));

    public bool ReadsDebug => _lines.ReadsDebug;

    public void Debug(string line) => Tell(() => _lines.Debug(line));

    public void RunFinished(RunSummary summary)
    {
        End();
        Tell(() => _lines.RunFinished(summary));
    }

    public void Dispose()
    {
        End();
        _ended.Dispose();
    }

    private void End()
    {
        _ended.Set();
        _display?.Wait();
        _display = null;
    }

    // only the table's thread writes while the table is shown
    private void Tell(Action tell)
    {
        lock (_lock)
        {
            tell();
            if (_display is null)
                Flush();
        }
    }

    private void Display() => _console.Live(new Text("")).AutoClear(true).Start(live =>
    {
        bool ended;
        do
        {
            ended = _ended.Wait(Frame);
            lock (_lock)
            {
                Flush();
                live.UpdateTarget(Table());
            }
        }
        while (!ended);
    });

    private void Flush()
    {
        var text = _pending.GetStringBuilder();
        if (text.Length == 0)
            return;

        // a line overwrites a row of the table, so erase the rest of the row
        _console.Write(new AnsiText(text.ToString().Replace("\n", "\u001b[K\n", StringComparison.Ordinal)));
        text.Clear();
    }

    /// <summary>The running nodes, longest first, and the progress of the run. Each row fits into one line.</summary>
    private Rows Table()
    {
        var width = Math.Max(30, _console.Profile.Width) - 1;
        var most = Math.Clamp(_console.Profile.Height - 3, 1, RowsShown);
        var rows = new List<IRenderable>();
        foreach (var (node, since) in _running.Values.OrderBy(r => r.Since).Take(most))
        {
            var time = $"{_clock.GetElapsedTime(since).TotalSeconds:0.0} s";
            var room = width - 4 - time.Length;
            rows.Add(new Text($"  {Shortened.To(NodeWords.Of(node), room).PadRight(room)}  {time}"));
        }

        if (_running.Count > most)
            rows.Add(new Text($"  … and {_running.Count - most} more"));
        rows.Add(Progress(width));
        return new Rows(rows);
    }

    private Paragraph Progress(int width)
    {
        const int bar = 24;
        var line = new Paragraph();
        (string Text, Style? Style)[] counts =
        [
            ($"{_finished} of {_total} done", null), (
                $"{_failed} failed", Color.Red), ($"{_warned} warned", Color.Yellow), ($"{_skipped} skipped", Color.Yellow),
            ($"{_running.Count} at work", null), ($"{_clock.GetElapsedTime(_since).TotalSeconds:0} s", null),
        ];
        var shown = counts.Where(c => c.Style is null || !c.Text.StartsWith("0 ", StringComparison.Ordinal)).ToList();
        if (shown.Sum(c => c.Text.Length + 2) + bar <= width)
        {
            var full = _total == 0 ? bar : bar * _finished / _total;
            line.Append(new string('━', full), _failed > 0 ? Color.Red : Color.Green).Append($"{new string('─', bar - full)}  ");
        }

        for (var i = 0; i < shown.Count; i++)
            line.Append(i > 0 ? ", " : "").Append(shown[i].Text, shown[i].Style);
        return line;
    }

    /// <summary>Lines that already contain colour codes.</summary>
    private sealed class AnsiText(string text) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(0, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [Segment.Control(text)];
    }
}
