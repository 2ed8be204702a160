using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine;

/// <summary>Observes a run. Calls are made one at a time, in the order of events.</summary>
public interface IRunObserver
{
    /// <summary>The project was parsed; its warnings are in <paramref name="diagnostics"/>.</summary>
    void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics);

    /// <summary>The plan is known: <paramref name="nodes"/> will be run with <paramref name="threads"/> workers.</summary>
    void RunStarting(IReadOnlyList<Node> nodes, int threads, string target);

    /// <param name="node">The node that a worker started.</param>
    /// <param name="index">The number of the node, from 1, in the order of starting.</param>
    /// <param name="total">The number of nodes.</param>
    void NodeStarted(Node node, int index, int total);

    void NodeFinished(NodeResult result, int index, int total);

    /// <summary>A message for the user: waiting for a lock, a retried statement, a template's log().</summary>
    void Message(string line, bool isWarning);

    /// <summary>The text that a template print()s, unchanged.</summary>
    void TemplateOutput(string text) => Message(text, isWarning: false);

    /// <summary>Whether <see cref="Debug"/> is read: the statements of a run are passed on only then.</summary>
    bool ReadsDebug => false;

    /// <summary>A debug message: a template's log() that is not for the console, or a statement that is sent to the server.</summary>
    void Debug(string line)
    {
    }

    void RunFinished(RunSummary summary);
}
