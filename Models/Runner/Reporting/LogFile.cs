using Models.Compiler;
using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;

namespace Models.Runner.Reporting;

/// <summary>Tells a log file everything that it passes on to who watches.</summary>
internal sealed class LogFile : IRunObserver, IDisposable
{
    private readonly StreamWriter _file;
    private readonly LineReporter _lines;
    private readonly IRunObserver _watcher;

    private LogFile(StreamWriter file, IRunObserver watcher, TimeProvider clock)
    {
        _file = file;
        _watcher = watcher;
        _lines = new LineReporter(file, new ReportStyle(Colour: false, LogLevel.Debug), clock);
    }

    /// <summary>Goes on with the file that is there, as dbt does.</summary>
    public static LogFile Open(string folder, IRunObserver watcher, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        var file = new StreamWriter(new FileStream(Path.Combine(folder, "dbt.log"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        file.WriteLine($"============================== {clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC ==============================");
        return new LogFile(file, watcher, clock);
    }

    public void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics)
    {
        _lines.ProjectParsed(project, diagnostics);
        _watcher.ProjectParsed(project, diagnostics);
    }

    public void RunStarting(IReadOnlyList<Node> nodes, int threads, string target)
    {
        _lines.RunStarting(nodes, threads, target);
        _watcher.RunStarting(nodes, threads, target);
    }

    public void NodeStarted(Node node, int index, int total)
    {
        _lines.NodeStarted(node, index, total);
        _watcher.NodeStarted(node, index, total);
    }

    public void NodeFinished(NodeResult result, int index, int total)
    {
        _lines.NodeFinished(result, index, total);
        _watcher.NodeFinished(result, index, total);
    }

    public void Said(string line, bool isWarning)
    {
        _lines.Said(line, isWarning);
        _watcher.Said(line, isWarning);
    }

    public void Printed(string text)
    {
        _lines.Printed(text);
        _watcher.Printed(text);
    }

    public void Noted(string line)
    {
        _lines.Noted(line);
        _watcher.Noted(line);
    }

    public void RunFinished(RunSummary summary)
    {
        _lines.RunFinished(summary);
        _watcher.RunFinished(summary);
    }

    public void Dispose() => _file.Dispose();
}
