using Models.Diagnostics;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Runner;

/// <summary>Watches a run. Calls come one at a time, in the order things happened.</summary>
public interface IRunObserver
{
    /// <summary>The project is parsed; warnings about it are in <paramref name="diagnostics"/>.</summary>
    void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics);

    /// <summary>The plan is known: <paramref name="nodes"/> will be run with <paramref name="threads"/> workers.</summary>
    void RunStarting(IReadOnlyList<Node> nodes, int threads, string target);

    /// <param name="node">The node that a worker took up.</param>
    /// <param name="index">Its number, from 1, in the order of starting.</param>
    /// <param name="total">How many there are.</param>
    void NodeStarted(Node node, int index, int total);

    void NodeFinished(NodeResult result, int index, int total);

    /// <summary>Something worth a line: a lock waited for, a statement retried, a template's log().</summary>
    void Said(string line, bool isWarning);

    /// <summary>What a template print()s, as it is.</summary>
    void Printed(string text) => Said(text, isWarning: false);

    /// <summary>Worth a line only to who looks for a fault: a template's log() that is not for the console.</summary>
    void Noted(string line)
    {
    }

    void RunFinished(RunSummary summary);
}
