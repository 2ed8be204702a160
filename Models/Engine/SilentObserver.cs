using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine;

/// <summary>Ignores all events.</summary>
internal sealed class SilentObserver : IRunObserver
{
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
    }

    public void RunFinished(RunSummary summary)
    {
    }
}
