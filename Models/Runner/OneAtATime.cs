using Models.Compiler;
using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;

namespace Models.Runner;

/// <summary>Passes calls on one at a time: templates log and print from every thread that renders.</summary>
internal sealed class OneAtATime(IRunObserver inner) : IRunObserver
{
    private readonly Lock _lock = new();

    public static OneAtATime Around(IRunObserver observer) => observer as OneAtATime ?? new OneAtATime(observer);

    public void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics)
    {
        lock (_lock)
            inner.ProjectParsed(project, diagnostics);
    }

    public void RunStarting(IReadOnlyList<Node> nodes, int threads, string target)
    {
        lock (_lock)
            inner.RunStarting(nodes, threads, target);
    }

    public void NodeStarted(Node node, int index, int total)
    {
        lock (_lock)
            inner.NodeStarted(node, index, total);
    }

    public void NodeFinished(NodeResult result, int index, int total)
    {
        lock (_lock)
            inner.NodeFinished(result, index, total);
    }

    public void Said(string line, bool isWarning)
    {
        lock (_lock)
            inner.Said(line, isWarning);
    }

    public void Printed(string text)
    {
        lock (_lock)
            inner.Printed(text);
    }

    public void Noted(string line)
    {
        lock (_lock)
            inner.Noted(line);
    }

    public void RunFinished(RunSummary summary)
    {
        lock (_lock)
            inner.RunFinished(summary);
    }
}
