using Models.Jinja.Rendering;

namespace Models.Rendering.Context.Functions;

/// <summary>A call's arguments in the order of the function's parameters.</summary>
internal sealed class BoundArguments(CallContext context, object?[] values, ulong given, List<object?>? more, List<KeyValuePair<string, object?>>? keywords)
{
    public CallContext Context { get; } = context;

    /// <summary>The dbt context of the calling template.</summary>
    public NodeContext Node => (NodeContext)Context.State!;

    public IReadOnlyList<object?> More => more ?? [];

    public IReadOnlyList<KeyValuePair<string, object?>> Keywords => keywords ?? [];

    /// <summary>The argument, or null if it was omitted.</summary>
    public object? this[int index] => values[index] is Undefined ? null : values[index];

    /// <summary>The argument, including an undefined value.</summary>
    public object? Raw(int index) => values[index];

    public bool Has(int index) => (given & (1UL << index)) != 0;

    public object? Or(int index, object? otherwise) => Has(index) ? values[index] : otherwise;

    /// <summary>The argument as a string; null if it is None or was omitted.</summary>
    public string? OptionalText(int index) => this[index] is { } value ? PythonText.Str(value) : null;

    public string Text(int index) => PythonText.Str(values[index]);

    public bool Boolean(int index, bool otherwise) => Has(index) ? Context.IsTrue(values[index]) : otherwise;

    public long Integer(int index, long otherwise) => this[index] switch
    {
        null => otherwise,
        long number => number,
        bool flag => flag ? 1 : 0,
        double number => (long)number,
        decimal number => (long)number,
        var other => throw Context.ArgumentError($"{PythonText.Repr(other)} is not a number"),
    };
}
