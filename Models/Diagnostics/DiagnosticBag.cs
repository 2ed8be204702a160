using System.Collections.Concurrent;

namespace Models.Diagnostics;

/// <summary>Collects diagnostics from parallel stages. Safe for concurrent use.</summary>
public sealed class DiagnosticBag
{
    private readonly ConcurrentQueue<Diagnostic> _diagnostics = new();

    public bool HasErrors => _diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    public int Count => _diagnostics.Count;

    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            Add(diagnostic);
    }

    /// <summary>The diagnostics added after the first <paramref name="count"/>.</summary>
    public IReadOnlyList<Diagnostic> Since(int count) => [.. _diagnostics.Skip(count)];

    /// <summary>Called with each diagnostic when it is added, on the thread that added it.</summary>
    public Action<Diagnostic>? Added { get; set; }

    public void Add(Diagnostic diagnostic)
    {
        _diagnostics.Enqueue(diagnostic);
        Added?.Invoke(diagnostic);
    }

    /// <summary>All diagnostics ordered by file and position, without duplicates.</summary>
    public IReadOnlyList<Diagnostic> ToSortedList() => _diagnostics.IsEmpty ? [] :
    [
        .. _diagnostics
            .DistinctBy(d => (d.Id, d.Span, d.Message))
            .OrderBy(d => d.Span.File, StringComparer.Ordinal)
            .ThenBy(d => d.Span.StartLine)
            .ThenBy(d => d.Span.StartColumn)
            .ThenBy(d => d.Id, StringComparer.Ordinal),
    ];
}
