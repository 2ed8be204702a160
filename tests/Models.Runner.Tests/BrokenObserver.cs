using Models.Diagnostics;
using Models.Engine;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Runner.Tests;

/// <summary>Ends every run with an exception as soon as its plan is known.</summary>
internal sealed class BrokenObserver : IRunObserver
{
    public void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics)
    {
    }

    public void RunStarting(IReadOnlyList<Node> nodes, int threads, string target) => throw new InvalidOperationException("the observer is broken");

    public void NodeStarted(Node node, int index, int total)
    {
    }

    public void NodeFinished(NodeResult result, int index, int total)
    {
    }

    public void Message(string line, bool isWarning)
    {
    }

    public void RunFinished(RunSummary summary)
    {
    }
}
