using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine;

/// <summary>Passes all calls on through one method: to several observers, or to one observer under a lock.</summary>
internal abstract class RelayingObserver : IRunObserver
{
    public void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics) => Relay(o => o.ProjectParsed(project, diagnostics));

    public void RunStarting(IReadOnlyList<Node> nodes, int threads, string target) => Relay(o => o.RunStarting(nodes, threads, target));

    public void NodeStarted(Node node, int index, int total) => Relay(o => o.NodeStarted(node, index, total));

    public void NodeFinished(NodeResult result, int index, int total) => Relay(o => o.NodeFinished(result, index, total));

    public void Message(string line, bool isWarning) => Relay(o => o.Message(line, isWarning));

    public void TemplateOutput(string text) => Relay(o => o.TemplateOutput(text));

    public abstract bool ReadsDebug { get; }

    public void Debug(string line) => Relay(o => o.Debug(line));

    public void RunFinished(RunSummary summary) => Relay(o => o.RunFinished(summary));

    protected abstract void Relay(Action<IRunObserver> call);
}
