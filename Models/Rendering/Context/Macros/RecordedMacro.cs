using Models.Jinja.Rendering;

namespace Models.Rendering.Context.Macros;

/// <summary>A macro that records where it is called from: the template itself, or another macro.</summary>
internal sealed class RecordedMacro(IJinjaCallable macro, string id, MacroCalls calls) : IJinjaCallable, IJinjaObject
{
    /// <summary>Records one more use of the macro's name.</summary>
    public void RecordUse() => calls.Add(id);

    public object? Call(CallContext context, CallArguments arguments)
    {
        calls.Depth++;
        try
        {
            return macro.Call(context, arguments);
        }
        finally
        {
            calls.Depth--;
        }
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return macro is IJinjaObject known && known.TryGetAttribute(name, out value);
    }

    public override string? ToString() => macro.ToString();
}
