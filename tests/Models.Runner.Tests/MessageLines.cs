using Models.Diagnostics;
using Models.Engine;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Runner.Tests;

/// <summary>Collects the messages of a run.</summary>
internal sealed class MessageLines : IRunObserver
{
    public List<string> Lines { get; } = [];

    public void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics)
    {
    }

    public void RunStarting(IReadOnlyList<Node> nodes, int threads, string target)
    {
    }

    public void NodeStarted(Node node, int index, int total)
    {
    }

    public void NodeFinished(NodeResult result, int index, int total)
    {
    }

    public void Message(string line, bool isWarning)
    {
        lock (Lines)
            Lines.Add(line);
    }

    public void RunFinished(RunSummary summary)
    {
    }
}
