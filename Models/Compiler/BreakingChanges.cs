using System.Text.Json;
using Models.Analysis;
using Models.Artifacts;
using Models.Diagnostics;
using Models.Project.Graph;

namespace Models.Compiler;

/// <summary>Finds changes that break the readers of a model.</summary>
public static class BreakingChanges
{
    /// <summary>
    /// Returns removed models, and removed or retyped columns, of models that have an enforced contract or that had readers when the earlier manifest
    /// was written.
    /// </summary>
    /// <param name="manifestPath">The earlier manifest.json, written by a compilation with analysis.</param>
    /// <param name="compilation">The current state of the project.</param>
    public static IReadOnlyList<Diagnostic> Find(string manifestPath, CompilationResult compilation)
    {
        PreviousManifest earlier;
        try
        {
            earlier = PreviousManifest.Read(manifestPath);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return [ChangeDiagnostics.Unreadable(SourceSpan.WholeFile(manifestPath), e.Message)];
        }

        var found = new DiagnosticBag();
        foreach (var (id, before) in earlier.Nodes)
        {
            var hasNode = compilation.Project.Graph.TryGet(id, out var node);
            if (!hasNode)
            {
                if (before.IsContracted || earlier.Readers(id).Count > 0)
                    found.Add(ChangeDiagnostics.NodeGone(SourceSpan.WholeFile(manifestPath), $"'{id}'", ReadBy(earlier.Readers(id))));
            }
            else if (compilation.Nodes.TryGetValue(id, out var now) && now.State == AnalysisState.Analysed)
            {
                Compare(earlier, node!, before, now, found);
            }
        }

        return found.ToSortedList();
    }

    private static void Compare(PreviousManifest earlier, Node node, PreviousNode before, AnalysedNode now, DiagnosticBag found)
    {
        foreach (var (column, type) in before.Columns)
        {
            var readers = earlier.Readers(node.UniqueId, column);
            if (!before.IsContracted && readers.Count == 0)
                continue;

            var after = now.Columns.FirstOrDefault(c => c.Name == column);
            if (after is null)
                found.Add(ChangeDiagnostics.ColumnGone(node.Span, column, NodeNames.Of(node), ReadBy(readers)));
            else if (type is not null && type != after.Type)
                found.Add(ChangeDiagnostics.ColumnRetyped(node.Span, column, NodeNames.Of(node), type, after.Type, ReadBy(readers)));
        }
    }

    private static string ReadBy(IReadOnlyCollection<string> readers)
    {
        const int shown = 5;
        if (readers.Count == 0)
            return "";

        var rest = readers.Count > shown ? $" and {readers.Count - shown} more" : "";
        return $", read by {string.Join(", ", readers.Take(shown).Select(r => $"'{r}'"))}{rest}";
    }
}
