namespace Models.Jinja.Rendering;

/// <summary>A stable sort in Python's order.</summary>
internal static class Sorting
{
    public static List<object?> Sort(CallContext context, IEnumerable<object?> items, Func<object?, object?> key, bool isReverse)
    {
        var comparer = Comparer<object?>.Create((a, b) => Comparison.Order(context.Renderer, context, a, b) ?? 0);
        var keyed = items.Select(item => (Key: key(item), Item: item)).ToList();
        try
        {
            return [.. (isReverse ? keyed.OrderByDescending(k => k.Key, comparer) : keyed.OrderBy(k => k.Key, comparer)).Select(k => k.Item)];
        }
        catch (InvalidOperationException e) when (e.InnerException is Diagnostics.DiagnosticException inner)
        {
            throw new Diagnostics.DiagnosticException(inner.Diagnostic, e);
        }
    }
}
